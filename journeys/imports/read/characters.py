"""Characters that are not words: soft breaks, controls, marks that do not show."""

import re

# Direction marks, joiners, byte order marks: kept in text, nothing in a comparison.
WITHOUT_INVISIBLE = dict.fromkeys(
    [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
INVISIBLE = "".join(map(chr, WITHOUT_INVISIBLE))
# Unicode's marks around words with an annotation: here the address that the words are a link to.
LINK_START, LINK_TO, LINK_END = "\ufff9", "\ufffa", "\ufffb"
LINK = re.compile("\ufff9([^\ufff9-\ufffb]*)\ufffa([^\ufff9-\ufffb]+)\ufffb")
