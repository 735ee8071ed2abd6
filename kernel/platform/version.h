/* SPDX-License-Identifier: MIT */
#ifndef VERSION_H
#define VERSION_H

#define BABY_VERSION "0.6"

#endif
