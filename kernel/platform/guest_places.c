/* SPDX-License-Identifier: MIT */
#include "guest_places.h"
#include "code_memory.h"
#include "vmm_view.h"

/* Memory of a guest other than the first: its address space, and what the
   kernel knows of it, in whole pages */
struct guest_record {
    struct guest_space space;
    struct session session;
};
#define PAGES_OF(size) (((size) + MEMORY_PAGE - 1) / MEMORY_PAGE * MEMORY_PAGE)
#define PLACE_SIZE     (GUEST_MEMORY + PAGES_OF(sizeof(struct guest_record)))

struct guest_space first_guest;
const uint32_t guest_places_size = (GUESTS_MAX - 1) * PLACE_SIZE;

static guest_describe *describe_fault;

void guest_places_start(struct environment *environment,
                        guest_describe *describe)
{
    describe_fault = describe;
    guest_start(&first_guest, 0, describe);
    environment->engine_space = &first_guest.space;
    environment->vmm = &vmm_view;
}

static struct guest_place make_place(uint32_t memory)
{
    struct guest_record *record = (void *)(memory + GUEST_MEMORY);

    guest_start(&record->space, memory, describe_fault);
    return (struct guest_place){
        .session = &record->session,
        .space = &record->space.space,
        .engine_state = &guest_data.engine_state,
        .area = &code_area,
    };
}

/* Returns the number of places filled in. */
static unsigned divide(struct guest_place places[GUESTS_MAX - 1],
                       struct range memory)
{
    unsigned count = 0;

    if (!vm_is_started())
        return guests_divide(places, GUESTS_MAX - 1, (void *)memory.start,
                             memory.end - memory.start);
    while (memory.end - memory.start >= PLACE_SIZE && count < GUESTS_MAX - 1) {
        places[count++] = make_place(memory.start);
        memory.start += PLACE_SIZE;
    }
    return count;
}

/* A PC of 4 MB has room for eight guests with this share. */
void guest_places_fill(struct environment *environment, struct range memory)
{
    uint32_t size = memory.end - memory.start;
    uint32_t most = size / 4 * 3;
    uint32_t guests = most < guest_places_size ? most : guest_places_size;
    uint32_t middle = memory.start + guests - guests % MEMORY_PAGE;

    environment->engine_state = &guest_data.engine_state;
    environment->guest_places =
        divide(environment->guest_place, (struct range){memory.start, middle});
    environment->memory = (void *)middle;
    environment->memory_size = memory.end - middle;
}
