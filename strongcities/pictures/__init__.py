"""Pictures that editors add: checked from the header first, and never published as they came.

What is kept are copies made here, at several widths: upright, in sRGB, without the place, the
camera or anything else that the file held beside the picture.
"""

from strongcities.pictures.checking import validate_picture
from strongcities.pictures.copies import encode
from strongcities.pictures.illustrated import Illustrated
from strongcities.pictures.storing import PictureField, pictures_in_memory
