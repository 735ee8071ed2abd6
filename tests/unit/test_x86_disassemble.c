/* SPDX-License-Identifier: MIT */
/* Tests the disassembler on valid, unusual and random code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/translator/x86_decode.h"
#include "emu/translator/x86_disassemble.h"

#define LEAVE_AT  32  /* offset of the exit in the shared code */
#define BLOCK_AT  64  /* offset of the block for line 20 */
#define OTHER_AT  512 /* offset of the block for line 31 */
#define LONGEST   7   /* length of the longest instruction in bytes */
#define AREA_SIZE 1024

static _Alignas(32) uint8_t bytes[AREA_SIZE];
static struct code_area area = {.at = bytes, .size = sizeof bytes};
static struct translator translator;
static struct block *const block = &translator.blocks[20];
static struct emitter emitter;
static size_t checked; /* number of code bytes already checked */

static void predict(unsigned exit, enum exit_kind kind, unsigned prediction)
{
    translator.exits[exit].kind = kind;
    translator.exits[exit].prediction = (uint8_t)prediction;
}

static int begin(void **state)
{
    (void)state;
    memset(&translator, 0, sizeof translator);
    translator.exits_used = EXITS;
    predict(7, EXIT_INDIRECT, 2);
    predict(EXITS - 1, EXIT_VERSION, PREDICTIONS - 1);
    translator.blocks[31].entry = 31;
    block->entry = 20;
    translator.area = &area;
    translator.leave = LEAVE_AT;
    translator.blocks[31].live = block->live = true;
    translator.blocks[31].code = OTHER_AT;
    block->code = BLOCK_AT;
    block->size = OTHER_AT - BLOCK_AT;
    emitter = emit_start(bytes, sizeof bytes, BLOCK_AT);
    checked = 0;
    return 0;
}

/* Decodes a copy of the exact size, to detect reads beyond its end. */
static size_t decode_copy(const uint8_t *code, size_t size)
{
    struct decoded decoded;
    uint8_t *copy = malloc(size + (size == 0));
    size_t result;

    assert_non_null(copy);
    memcpy(copy, code, size);
    result = decode(copy, size, &decoded);
    free(copy);
    return result;
}

/* Checks that the one instruction emitted is disassembled as EXPECTED. */
static void check_text(const char *expected)
{
    size_t size = emitter.used - BLOCK_AT - checked;
    char line[64];
    struct strbuf text = strbuf_begin(line, sizeof line);

    assert_false(emitter.full);
    assert_int_equal(disassemble(&translator, block, checked, &text), size);
    assert_string_equal(line, expected);
    assert_true(text.length <= DISASSEMBLED);
    assert_int_equal(decode_copy(bytes + BLOCK_AT + checked, size), size);
    for (size_t less = 0; less < size; less++)
        assert_int_equal(decode_copy(bytes + BLOCK_AT + checked, less), 0);
    checked += size;
}

static void test_moves(void **state)
{
    (void)state;
    emit_load_argument(&emitter, EBX, 12);
    check_text("mov ebx, [esp + 12]");
    emit_load(&emitter, EAX, EBX, 27 * 4);
    check_text("mov eax, [line 27]");
    emit_load(&emitter, EDX, EBX, 0);
    check_text("mov edx, [line 0]");
    emit_load(&emitter, EAX, EBX, offsetof(struct machine, a));
    check_text("mov eax, [A]");
    emit_load(&emitter, EAX, EBX, 27 * 4 + 1);
    check_text("mov eax, [ebx + 109]");
    emit_load(&emitter, EDI, EBP, -128);
    check_text("mov edi, [ebp - 128]");
    emit_load(&emitter, ESI, ECX, INT32_MIN);
    check_text("mov esi, [ecx - 2147483648]");
    emit_save(&emitter, EBX, 31 * 4, ECX);
    check_text("mov [line 31], ecx");
    emit_move(&emitter, EAX, ECX);
    check_text("mov eax, ecx");
    emit_move_number(&emitter, EDI, 0xFFFFFFFD);
    check_text("mov edi, -3");
    emit_move_number(&emitter, ESI, 0x7FFFFFFF);
    check_text("mov esi, 2147483647");
}

/* Emits SIZE bytes of filler, starting at offset INTO of a cache line. */
static void check_filler(size_t into, size_t size)
{
    checked = into;
    emitter.used = BLOCK_AT + into;
    emit_keep_together(&emitter, size, 32);
}

static void test_fillers(void **state)
{
    (void)state;
    check_filler(24, 7);
    assert_int_equal(emitter.used, BLOCK_AT + 24);
    check_filler(31, 1);
    check_text("nop");
    check_filler(30, 2);
    check_text("mov esi, esi");
    check_filler(29, 3);
    check_text("lea esi, [esi + 0]");
    check_filler(26, 6);
    check_text("lea esi, [esi + 0]");
    for (size_t into = 21; into < 32; into++) {
        char line[64];
        size_t at, size;

        check_filler(into, 12);
        assert_int_equal(emitter.used, BLOCK_AT + 32);
        for (at = into; at < 32; at += size) {
            struct strbuf text = strbuf_begin(line, sizeof line);

            size = disassemble(&translator, block, at, &text);
            assert_int_not_equal(size, 0);
        }
        assert_int_equal(at, 32);
    }
}

/* Emits a load that ends SIZE bytes before the end of a cache line. */
static size_t check_widened(int32_t distance, size_t size)
{
    checked = 29 - size;
    emitter.used = BLOCK_AT + checked;
    emit_load(&emitter, EAX, EBX, distance);
    return emit_keep_together(&emitter, 6, 32);
}

static void test_widened(void **state)
{
    (void)state;
    assert_int_equal(check_widened(4 * 7, 3), 3);
    check_text("mov eax, [line 7]");
    assert_int_equal(emitter.used, BLOCK_AT + 32);
    assert_int_equal(check_widened(-128, 3), 3);
    check_text("mov eax, [ebx - 128]");
    assert_int_equal(check_widened(4 * 7, 5), 3);
    assert_int_equal(emitter.used, BLOCK_AT + 32);
    assert_int_equal(check_widened(4 * 7, 2), 0);
    assert_int_equal(emitter.used, BLOCK_AT + 32);
    assert_int_equal(check_widened(4 * 7, 7), 0);
    assert_int_equal(emitter.used, BLOCK_AT + 25);
    assert_int_equal(check_widened(128 + 4 * 7, 6), 0);

    /* An instruction that ends there but has no such distance. */
    check_widened(4 * 7, 7);
    emit_move(&emitter, EAX, ECX);
    emit_move(&emitter, EAX, ECX);
    assert_int_equal(emit_keep_together(&emitter, 6, 32), 0);
}

static void test_arithmetic(void **state)
{
    static const char *const names[] = {"add", "and", "sub", "cmp"};
    static const enum x86_operation operations[] = {X86_ADD, X86_AND, X86_SUB,
                                                    X86_CMP};
    char expected[64];

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        struct strbuf text = strbuf_begin(expected, sizeof expected);

        strbuf_add(&text, "%s eax, [line 31]", names[i]);
        emit_operate_memory(&emitter, operations[i], EAX, EBX, 124);
        check_text(expected);
        text = strbuf_begin(expected, sizeof expected);
        strbuf_add(&text, "%s edx, [exit 7 cost]", names[i]);
        emit_operate_address(&emitter, operations[i], EDX,
                             &translator.predictions[2].cost);
        check_text(expected);
        text = strbuf_begin(expected, sizeof expected);
        strbuf_add(&text, "%s ecx, -2147483648", names[i]);
        emit_operate_number(&emitter, operations[i], ECX, 0x80000000);
        check_text(expected);
    }
    emit_operate_number(&emitter, X86_SUB, EDX, 3);
    check_text("sub edx, 3");
    emit_negate(&emitter, EAX);
    check_text("neg eax");
    emit_test(&emitter, EDI);
    check_text("test edi, edi");
}

static void test_exit_addresses(void **state)
{
    const struct block_exit *last = &translator.exits[EXITS - 1];

    (void)state;
    emit_move_number(&emitter, ECX, (uint32_t)(uintptr_t)translator.exits);
    check_text("mov ecx, exit 0");
    emit_move_number(&emitter, ECX, (uint32_t)(uintptr_t)last);
    check_text("mov ecx, exit 255");
    emit_operate_address(&emitter, X86_SUB, ESI, &last->refund);
    check_text("sub esi, [exit 255 refund]");
}

/* The fields of a prediction are named after its exit. */
static void test_prediction_addresses(void **state)
{
    static const char *const expected[] = {
        "inc [exit 7 hits 0]", "inc [exit 7 hits 1]", "inc [exit 7 hits 2]",
        "inc [exit 7 hits 3]"};
    const struct prediction *prediction = &translator.predictions[2];
    const struct prediction *last = &translator.predictions[PREDICTIONS - 1];

    (void)state;
    for (unsigned i = 0; i < GUESSES; i++) {
        emit_increment_address(&emitter, &prediction->guesses[i].hits);
        check_text(expected[i]);
    }
    emit_save_address(&emitter, &prediction->to, ESI);
    check_text("mov [exit 7 to], esi");
    emit_increment_address(&emitter, &prediction->misses);
    check_text("inc [exit 7 misses]");
    emit_increment_table(&emitter, ECX, &prediction->profile->missed);
    check_text("inc [exit 7 missed ecx]");
    emit_increment_address(&emitter, &last->review);
    check_text("inc [exit 255 review]");
    emit_jump_address(&emitter, &last->to);
    check_text("jmp [exit 255 to]");
}

/* Addresses that no exit uses must be shown as numbers. */
static void test_unnamed_addresses(void **state)
{
    const uint32_t kind = (uint32_t)(uintptr_t)&translator.exits[2].kind;
    const uint32_t free =
        (uint32_t)(uintptr_t)&translator.predictions[3].misses;
    const uint32_t behind = (uint32_t)(uintptr_t)&translator.exits[EXITS];
    char expected[64];
    struct strbuf text = strbuf_begin(expected, sizeof expected);

    (void)state;
    strbuf_add(&text, "inc [0x%x]", kind);
    emit_increment_address(&emitter, &translator.exits[2].kind);
    check_text(expected);
    text = strbuf_begin(expected, sizeof expected);
    strbuf_add(&text, "inc [0x%x]", free);
    emit_increment_address(&emitter, &translator.predictions[3].misses);
    check_text(expected);
    text = strbuf_begin(expected, sizeof expected);
    strbuf_add(&text, "mov ecx, %d", (int32_t)behind);
    emit_move_number(&emitter, ECX, behind);
    check_text(expected);
    text = strbuf_begin(expected, sizeof expected);
    strbuf_add(&text, "mov ecx, %d", (int32_t)kind + 1);
    emit_move_number(&emitter, ECX, kind + 1);
    check_text(expected);
}

static void test_map(void **state)
{
    (void)state;
    emit_load_table(&emitter, ESI, ECX, &translator.map->to);
    check_text("mov esi, [map ecx to]");
    emit_load_table(&emitter, EAX, EDI, &translator.map->length);
    check_text("mov eax, [map edi length]");
    emit_load_table(&emitter, ESI, ECX, &translator.version_map->to);
    check_text("mov esi, [words ecx to]");
    emit_load_table(&emitter, ESI, ECX, &translator.version_map->length);
    check_text("mov esi, [words ecx length]");
    emit_load_table(&emitter, ESI, ECX, &translator.version_keys->word);
    check_text("mov esi, [words ecx word]");
    emit_load_table(&emitter, EAX, EDI, (void *)(uintptr_t)0x12345678);
    check_text("mov eax, [0x12345678+8*edi]");
    emit_increment_table(&emitter, EDI, (void *)(uintptr_t)0x12345678);
    check_text("inc [0x12345678+8*edi]");
}

static void test_stack(void **state)
{
    (void)state;
    emit_push(&emitter, EBX);
    check_text("push ebx");
    emit_push(&emitter, EDI);
    check_text("push edi");
    emit_pop(&emitter, EAX);
    check_text("pop eax");
    emit_pop(&emitter, ESI);
    check_text("pop esi");
    emit_return(&emitter);
    check_text("ret");
}

static void test_jumps(void **state)
{
    static const struct {
        enum x86_condition condition;
        const char *check_text;
    } jumps[] = {
        {IF_NOT_BELOW, "jae line 31"}, {IF_NOT_EQUAL, "jne line 31"},
        {IF_NEGATIVE, "js line 31"},   {IF_NOT_NEGATIVE, "jns line 31"},
        {IF_LESS, "jl line 31"},       {IF_NOT_LESS, "jge line 31"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        emit_jump_if(&emitter, jumps[i].condition, OTHER_AT);
        check_text(jumps[i].check_text);
    }
    emit_jump(&emitter, BLOCK_AT);
    check_text("jmp line 20");
    emit_jump(&emitter, LEAVE_AT);
    check_text("jmp leave");
    emit_jump(&emitter, BLOCK_AT + 1);
    check_text("jmp +1");
    emit_place_at(&emitter, emit_forward(&emitter, IF_LESS), OTHER_AT - 1);
    check_text("jl +447");
    emit_jump(&emitter, OTHER_AT + 1);
    check_text("jmp 0x201");
    emit_jump_register(&emitter, ECX);
    check_text("jmp ecx");
    translator.blocks[31].live = false;
    emit_jump(&emitter, OTHER_AT);
    check_text("jmp 0x200");
}

/* The disassembler must decode the shared code, but nothing beyond its end. */
static void test_code_bounds(void **state)
{
    char line[64];
    struct strbuf text = strbuf_begin(line, sizeof line);

    (void)state;
    emitter.used = 0;
    emit_push(&emitter, EBX);
    emit_jump(&emitter, LEAVE_AT);
    translator.cleared = emitter.used;
    assert_int_equal(disassemble(&translator, NULL, 1, &text), 5);
    assert_string_equal(line, "jmp leave");
    assert_int_equal(disassemble(&translator, NULL, 6, &text), 0);
    translator.cleared--;
    assert_int_equal(disassemble(&translator, NULL, 1, &text), 0);
    assert_int_equal(disassemble(&translator, block, block->size, &text), 0);
    assert_int_equal(disassemble(&translator, block, SIZE_MAX, &text), 0);
    assert_string_equal(line, "jmp leave");
}

/* Decodes every register in every operand position. */
static void test_registers(void **state)
{
    struct decoded decoded;

    (void)state;
    for (unsigned i = 0; i < 64; i++) {
        enum x86_register left = (enum x86_register)(i % 8);
        enum x86_register right = (enum x86_register)(i / 8);

        emitter.used = 0;
        emit_move(&emitter, left, right);
        assert_int_equal(decode(bytes, emitter.used, &decoded), emitter.used);
        assert_int_equal(decoded.operands[0].which, left);
        assert_int_equal(decoded.operands[1].which, right);
        if (right == ESP)
            continue;
        emitter.used = 0;
        emit_save(&emitter, right, -129, left);
        assert_int_equal(decode(bytes, emitter.used, &decoded), emitter.used);
        assert_int_equal(decoded.operands[0].which, right);
        assert_int_equal(decoded.operands[0].value, (uint32_t)-129);
        assert_int_equal(decoded.operands[1].which, left);
        emitter.used = 0;
        emit_load_table(&emitter, left, right, bytes);
        assert_int_equal(decode(bytes, emitter.used, &decoded), emitter.used);
        assert_int_equal(decoded.operands[0].which, left);
        assert_int_equal(decoded.operands[1].kind, OPERAND_TABLE);
        assert_int_equal(decoded.operands[1].which, right);
    }
}

/* Instructions that are never emitted by x86_emit.h must be rejected. */
static void test_other_instructions(void **state)
{
    static const uint8_t others[][LONGEST] = {
        {0x00},
        {0x91},
        {0x8D, 0x05}, /* lea eax, [address] */
        {0x8D, 0xC0}, /* lea eax, eax */
        {0xCC},
        {0xEB},
        {0x74},
        {0x66, 0x89, 0xC8},
        {0x8B, 0x05},       /* mov eax, [address] */
        {0x8B, 0x03},       /* mov eax, [ebx] */
        {0x8B, 0x04, 0x8D}, /* mov eax, [address + 4 * ecx] */
        {0x8B, 0x04, 0xCB}, /* mov eax, [ebx + 8 * ecx] */
        {0x8B, 0x04, 0xE5}, /* scale without an index */
        {0x8B, 0x44, 0x0C}, /* mov eax, [esp + ecx + 0] */
        {0x8B, 0x84, 0x24}, /* mov eax, [esp + offset] */
        {0x89, 0xC8},       /* mov eax, ecx in its other encoding */
        {0x03, 0xC1},       /* add eax, ecx */
        {0x0B, 0x43},       /* or eax, [ebx + 0] */
        {0x2B, 0x04, 0xCD}, /* sub eax, [address + 8 * ecx] */
        {0x81, 0xC8},       /* or eax, immediate */
        {0x81, 0x43},       /* add [ebx + 0], immediate */
        {0x83, 0xC0},       /* add eax, 8-bit immediate */
        {0x85, 0x43},       /* test [ebx + 0], eax */
        {0xF7, 0xD0},       /* not eax */
        {0xFF, 0xC0},       /* inc eax */
        {0xFF, 0x30},       /* push [eax] */
        {0xFF, 0x15},       /* call [address] */
        {0x0F, 0x84},       /* je */
        {0x0F, 0x48},       /* cmovs */
        {0x0F, 0x0F},
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(decode_copy(others[i], LONGEST), 0);
}

/* Decoding random bytes must not read beyond their end. */
static void test_random_code(void **state)
{
    unsigned understood = 0;

    (void)state;
    srand(1948);
    for (unsigned i = 0; i < 200000; i++) {
        uint8_t junk[LONGEST];
        size_t size = (size_t)rand() % (LONGEST + 1), length;

        for (unsigned j = 0; j < LONGEST; j++)
            junk[j] = (uint8_t)(rand() >> 8);
        length = decode_copy(junk, size);
        assert_true(length <= size);
        understood += length > 0;
        if (length > 0)
            assert_int_equal(decode_copy(junk, length), length);
    }
    assert_in_range(understood, 1000, 40000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_moves, begin),
        cmocka_unit_test_setup(test_fillers, begin),
        cmocka_unit_test_setup(test_widened, begin),
        cmocka_unit_test_setup(test_arithmetic, begin),
        cmocka_unit_test_setup(test_exit_addresses, begin),
        cmocka_unit_test_setup(test_prediction_addresses, begin),
        cmocka_unit_test_setup(test_unnamed_addresses, begin),
        cmocka_unit_test_setup(test_map, begin),
        cmocka_unit_test_setup(test_stack, begin),
        cmocka_unit_test_setup(test_jumps, begin),
        cmocka_unit_test_setup(test_code_bounds, begin),
        cmocka_unit_test_setup(test_registers, begin),
        cmocka_unit_test(test_other_instructions),
        cmocka_unit_test(test_random_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
