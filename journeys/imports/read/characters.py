"""Characters that are not words: soft breaks, controls, marks that do not show."""

# Direction marks, joiners, byte order marks: kept in text, nothing in a comparison.
WITHOUT_INVISIBLE = dict.fromkeys(
    [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
INVISIBLE = "".join(map(chr, WITHOUT_INVISIBLE))
