/* SPDX-License-Identifier: MIT */
#include "rest.h"
#include "emu/machine/count.h"

/* Lengths in instructions. */
#define REST_MIN (1 << 16)
#define REST_MAX (1 << 24)

/* Credit in units of the translation cost. */
#define CREDIT_MAX   64 /* maximum and initial credit */
#define CREDIT_RETRY 8  /* credit after a rest */

void rest_reset(struct translator *translator)
{
    struct rest *rest = &translator->rest;

    rest->credit = CREDIT_MAX * translator->translation_cost;
    rest->next = REST_MIN;
    rest->left = 0;
}

void rest_charge(struct translator *translator, int32_t work)
{
    if (translator->translation_cost > 0)
        translator->rest.credit -= work;
}

void rest_earn(struct translator *translator, uint32_t instructions)
{
    int64_t credit = (int64_t)translator->rest.credit + instructions;

    if (credit >= CREDIT_MAX * (int64_t)translator->translation_cost) {
        credit = CREDIT_MAX * (int64_t)translator->translation_cost;
        translator->rest.next = REST_MIN;
    }
    translator->rest.credit = (int32_t)credit;
}

bool rest_is_due(struct translator *translator)
{
    struct rest *rest = &translator->rest;

    if (rest->credit < 0 && rest->left == 0) {
        rest->left = rest->next;
        if (rest->next < REST_MAX)
            rest->next *= 2;
        rest->credit = CREDIT_RETRY * translator->translation_cost;
        count_up(&translator->count.rests);
    }
    return rest->left > 0;
}
