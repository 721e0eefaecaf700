"""Pictures that editors add: checked from the header first, and never published as they came.

What is kept are copies made here, at several widths: upright, in sRGB, without the place, the
camera or anything else that the file held beside the picture.

Pillow, and `copies`, which is full of it, are imported where a picture comes: no reader needs them.
"""

from strongcities.pictures.checking import validate_picture
from strongcities.pictures.illustrated import Illustrated
from strongcities.pictures.storing import PictureField, pictures_in_memory
