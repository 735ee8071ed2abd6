/* SPDX-License-Identifier: MIT */
/*
 * Source: the layouts of these countries as described by the X Keyboard
 * Extension (XKB) in its symbols files.  Characters that XKB adds to those
 * printed on the caps are left out, except for ` and ~ of Italy, where no key
 * has them.
 */
#include "keymap.h"
#include <stddef.h>

#define SPACE 0x39

/* Scancodes of the keys of a string, by rows from the top left.  2B is the key
   at Enter, and 56 the one beside left Shift that US keyboards lack. */
static const uint8_t codes[KEYMAP_KEYS] = {
    0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C,
    0x0D, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A,
    0x1B, 0x1E, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
    0x2B, 0x56, 0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35,
};

/* clang-format off */
const struct keymap keymaps[KEYMAPS] = {
    {"us", "US",
     "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'\\" " zxcvbnm,./",
     "~!@#$%^&*()_+" "QWERTYUIOP{}" "ASDFGHJKL:\"|" " ZXCVBNM<>?",
     NULL, NULL},
    {"uk", "British",
     "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'#" "\\zxcvbnm,./",
     " !\" $%^&*()_+" "QWERTYUIOP{}" "ASDFGHJKL:@~" "|ZXCVBNM<>?",
     NULL, NULL},
    {"de", "German (QWERTZ)",
     "^1234567890S " "qwertzuiopU+" "asdfghjklOA#" "<yxcvbnm,.-",
     " !\" $%&/()=?`" "QWERTZUIOP *" "ASDFGHJKL  '" ">YXCVBNM;:_",
     "       {[]}\\ " "@          ~" "            " "|          ", NULL},
    {"ch", "Swiss (QWERTZ)",
     " 1234567890'^" "qwertzuiopU " "asdfghjklOA$" "<yxcvbnm,.-",
     " +\"* %&/()=?`" "QWERTZUIOP !" "ASDFGHJKL   " ">YXCVBNM;:_",
     "  @#   |    ~" "          []" "          {}" "\\          ", NULL},
    {"fr", "French (AZERTY)",
     " &E\"'(-E_CA)=" "azertyuiop^$" "qsdfghjklmU*" "<wxcvbn,;:!",
     " 1234567890 +" "AZERTYUIOP  " "QSDFGHJKLM% " ">WXCVBN?./ ",
     "  ~#{[|`\\^@]}" "            " "            " "           ", NULL},
    {"be", "Belgian (AZERTY)",
     " &E\"'( E!CA)-" "azertyuiop^$" "qsdfghjklmU " "<wxcvbn,;:=",
     " 1234567890 _" "AZERTYUIOP *" "QSDFGHJKLM% " ">WXCVBN?./+",
     " |@#  ^  {}  " "          []" "           `" "\\         ~", NULL},
    {"es", "Spanish",
     " 1234567890' " "qwertyuiop`+" "asdfghjklN C" "<zxcvbnm,.-",
     " !\" $%&/()=? " "QWERTYUIOP^*" "ASDFGHJKL   " ">ZXCVBNM;:_",
     "\\|@#~        " "          []" "          {}" "           ", NULL},
    {"it", "Italian",
     "\\1234567890'I" "qwertyuiopE+" "asdfghjklOAU" "<zxcvbnm,.-",
     "|!\" $%&/()=?^" "QWERTYUIOP *" "ASDFGHJKL   " ">ZXCVBNM;:_",
     "           `~" "          []" "         @# " "           ",
     "             " "          {}" "            " "           "},
    {"pt", "Portuguese",
     "\\1234567890' " "qwertyuiop+ " "asdfghjklC ~" "<zxcvbnm,.-",
     "|!\"#$%&/()=? " "QWERTYUIOP*`" "ASDFGHJKL  ^" ">ZXCVBNM;:_",
     "  @    {[]}  " "            " "            " "           ", NULL},
    {"se", "Swedish, Finnish",
     " 1234567890+ " "qwertyuiopA " "asdfghjklOA'" "<zxcvbnm,.-",
     " !\"# %&/()=?`" "QWERTYUIOP ^" "ASDFGHJKL  *" ">ZXCVBNM;:_",
     "  @ $  {[]}\\ " "           ~" "            " "|          ", NULL},
    {"no", "Norwegian",
     "|1234567890+\\" "qwertyuiopA " "asdfghjklOA'" "<zxcvbnm,.-",
     " !\"# %&/()=?`" "QWERTYUIOP ^" "ASDFGHJKL  *" ">ZXCVBNM;:_",
     "  @ $  {[]}  " "           ~" "            " "           ", NULL},
    {"dk", "Danish",
     " 1234567890+ " "qwertyuiopA " "asdfghjklAO'" "<zxcvbnm,.-",
     " !\"# %&/()=?`" "QWERTYUIOP ^" "ASDFGHJKL  *" ">ZXCVBNM;:_",
     "  @ $  {[]} |" "           ~" "            " "\\          ", NULL},
};
/* clang-format on */

#define US (&keymaps[0])

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char small(char c)
{
    return is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

/* Returns the index of a key, or KEYMAP_KEYS. */
static unsigned find_code(uint8_t code)
{
    unsigned key = 0;

    while (key < KEYMAP_KEYS && codes[key] != code)
        key++;
    return key;
}

/* Returns the index of the key that has CHARACTER in LEVEL, or KEYMAP_KEYS. */
static unsigned find_in(const char *level, char character)
{
    unsigned key = 0;

    while (key < KEYMAP_KEYS && level[key] != character)
        key++;
    return key;
}

static const char *level_of(const struct keymap *map, bool shift, bool alt_gr)
{
    if (alt_gr && map->alt_gr != NULL)
        return shift ? map->shift_alt_gr : map->alt_gr;
    return shift ? map->shift : map->plain;
}

char keymap_character(unsigned keymap, uint8_t code, bool shift, bool alt_gr)
{
    const struct keymap *map = &keymaps[keymap];
    const char *level = level_of(map, shift, alt_gr);
    unsigned key = find_code(code);

    if (code == SPACE)
        return ' ';
    if (key == KEYMAP_KEYS || level == NULL || level[key] == ' ' ||
        (level == map->plain && is_capital(level[key])))
        return '\0';
    return level[key];
}

static char position_of(unsigned key)
{
    return US->plain[key] != ' ' ? US->plain[key] : '\0';
}

char keymap_position(uint8_t code)
{
    unsigned key = find_code(code);

    if (code == SPACE)
        return ' ';
    return key < KEYMAP_KEYS ? position_of(key) : '\0';
}

/* Letters are found by their small form, as a capital stands for an accent. */
char keymap_find(unsigned keymap, char character)
{
    const struct keymap *map = &keymaps[keymap];
    const char *const levels[] = {map->plain, map->shift, map->alt_gr,
                                  map->shift_alt_gr};

    if (character == ' ' || character == '\0')
        return character;
    for (unsigned i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        unsigned key = levels[i] != NULL ? find_in(levels[i], small(character))
                                         : KEYMAP_KEYS;

        if (key < KEYMAP_KEYS)
            return position_of(key);
    }
    return '\0';
}

static char cap_of(const struct keymap *map, unsigned key)
{
    char plain = map->plain[key], shift = map->shift[key];

    if (is_digit(shift))
        return shift;
    if (is_small(plain))
        return (char)(plain - 'a' + 'A');
    if (is_capital(plain))
        return small(plain);
    return plain != ' ' ? plain : shift;
}

char keymap_cap(unsigned keymap, char position)
{
    unsigned key = find_in(US->plain, position);

    if (position == ' ' || key == KEYMAP_KEYS)
        return ' ';
    return cap_of(&keymaps[keymap], key);
}

void keymap_add(struct strbuf *text, unsigned keymap, const char *sentence)
{
    for (; *sentence != '\0'; sentence++) {
        if (*sentence == '@')
            strbuf_add(text, "%c", keymap_cap(keymap, *++sentence));
        else
            strbuf_add(text, "%c", *sentence);
    }
}
