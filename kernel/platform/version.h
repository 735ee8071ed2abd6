/* SPDX-License-Identifier: MIT */
#pragma once

#define BABY_VERSION "0.6"
