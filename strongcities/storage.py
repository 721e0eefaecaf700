"""Static files as production serves them: hashed names, compressed, style sheets without blanks."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r" ?([{};,]) ?")


def without_blanks(css: str) -> str:
    """A style sheet of ours without comments and needless blanks; strings must not hold either."""
    text = re.sub(r"\s+", " ", COMMENT.sub("", css))
    return AROUND.sub(r"\1", text).replace(": ", ":").replace(";}", "}").strip()


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, which first takes the blanks out of static/css/."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            own = [name for name in paths if name.startswith("css/") and name.endswith(".css")]
            for name in own:
                self.shorten(name)
            paths = paths | {name: (self, name) for name in own}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def shorten(self, name: str) -> None:
        with self.open(name) as sheet:
            short = without_blanks(sheet.read().decode())
        self.delete(name)
        self.save(name, ContentFile(short.encode()))
