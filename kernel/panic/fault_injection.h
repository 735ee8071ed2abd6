/* SPDX-License-Identifier: MIT */
/*
 * Things that must not happen, done on purpose: to see that they are noticed,
 * and what is shown then.
 */
#ifndef KERNEL_PROVOKE_H
#define KERNEL_PROVOKE_H

/* Does what the boot option fault= was given, a number of enum provocation.
   Returns if nothing came of it, and if it was nothing. */
void provoke(unsigned what);

#endif
