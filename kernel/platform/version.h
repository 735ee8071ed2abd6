/* SPDX-License-Identifier: MIT */
#ifndef PLATFORM_VERSION_H
#define PLATFORM_VERSION_H

#define BABY_VERSION "0.6"

#endif
