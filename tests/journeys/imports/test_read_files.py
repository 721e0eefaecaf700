"""Word documents and HTML beside plain text; hostile ones are refused in words."""

import io
import tracemalloc
import zipfile

import pytest

from journeys.imports.read import PageError, decode, parse
from journeys.imports.read.files import plain
from tests.journeys.pages import make_city, make_page, prose, told

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text: str, style: str = "") -> str:
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>"


def make_word(body: str, **parts: str | bytes) -> bytes:
    """A Word document, with more parts by their names, in which __ is a slash."""
    main = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(main),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{name.replace("__", "/"): content for name, content in parts.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def html_of(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>\n" for line in lines)


CITY = make_city(count=2, dates=["March 2022", "May 2023"])
LINES = make_page(CITY, make_city("Southgate")).strip().split("\n\n")


def read(content: bytes, name: str = "") -> list[list[list[str]]]:
    return [told(city) for city in parse(decode(plain(content, name).content)).cities]


def test_word_document_and_page_of_html_are_read_as_their_text():
    word = make_word("".join(paragraph(x, "Heading2" * x.startswith("Step")) for x in LINES))
    html = html_of(LINES).replace("<p>Step 1", "<h3>Step 1")
    page = f"<!DOCTYPE html><html><head><title>T</title></head><body>{html}</body></html>"

    for content, name in ((word, ""), (page.encode(), ""), (html.encode(), "page.HTML")):
        assert read(content, name) == [CITY.milestones, make_city("Southgate").milestones]


def test_html_keeps_words_and_leaves_what_is_no_text():
    html = (
        "<body><script>alert(1)</script><h2>A <i>big</i>\n step</h2><p>One &lt;b&gt;<br>two.</p>"
        '<img src="x.png"><table><tr><td>March 2022</td><td>2023</td></tr></table>'
        '<p><a href="https://example.org">Read more</a></p><p><b>Bold</b> title</p>'
    )

    read_back = plain(html.encode())

    assert read_back.problems[0].message.startswith("Pictures were not taken (1)")
    assert decode(read_back.content).strip().split("\n\n") == [
        "## A big step",
        "One <b>\u2028two.",
        "March 2022\t2023",
        "Read more: https://example.org",
        "Bold title",
    ]


@pytest.mark.parametrize("name", ["Read More", "Continue reading", "Lire la suite »"])
def test_read_more_keeps_its_address_in_html_and_text(name):
    link = f'<a href="https://example.org/a?b=1#c">{name}</a>'
    odd = [f'<a href="{odd}">{name}</a>' for odd in ("javascript:alert(1)", "/here", "https://x y")]
    first, second = (body for _title, body in CITY.milestones[:2])

    for before, after in (
        (first, f"{first} {link}"),
        (first, f"{first}</p><p>{link}"),
        (first, f"{first} {name}: https://example.org/a?b=1#c"),
        (first, f"{first} {name} (https://example.org/a?b=1#c)"),
    ):
        html = html_of(LINES).replace(before, after)
        page = parse(decode(plain(f"<body>{html}</body>".encode()).content))
        told = page.cities[0].milestones
        assert (told[0].body, told[0].read_more) == (first, True)
        assert told[0].read_more_url == "https://example.org/a?b=1#c"
        assert (told[1].body, told[1].read_more_url) == (second, "")
    for link in odd:
        assert (
            decode(plain(f"<body><p>One. {link}</p></body>".encode()).content) == f"One. {name}\n"
        )


HALL = "https://example.org/hall?a=1"


@pytest.mark.parametrize(
    ("link", "words", "address"),
    [
        (f'<a href="{HALL}">the hall</a>', "the hall", HALL),
        (f'<a href="{HALL}"><b>the</b>\n <i>hall</i></a>', "the hall", HALL),
        (f'<a href="{HALL}">القاعة</a>', "القاعة", HALL),
        ('<a href="mailto:hall@example.org">us</a>', "us", "mailto:hall@example.org"),
        ('<a href="/hall">the hall</a>', "the hall", ""),
        ('<a href="javascript:alert(1)">the hall</a>', "the hall", ""),
        (f'<a href="{HALL}">{HALL}</a>', HALL, ""),
    ],
)
def test_words_of_any_other_link_are_text_and_its_address_is_told(link, words, address):
    first = CITY.milestones[0][1]
    linked = html_of(LINES).replace(first, f"{first} At {link}.", 1)
    # Of the links around the cities nothing is told, and a linked title is one.
    top = f'<p><a href="{HALL}">Home</a></p>'
    title = linked.replace("<p>Step 1", f'<p><a href="{HALL}{"x" * 99}">Step 1</a>', 1)

    page = parse(decode(plain(f"<body>{top}{title}</body>".encode()).content))

    (titled, *others) = page.problems
    assert titled.message.startswith("“Step 1” is a link to")
    assert page.cities[0].milestones[0].title.startswith("Step 1 of")
    assert page.cities[0].milestones[0].body == f"{first} At {words}."
    assert [problem.params["address"] for problem in others] == ([address] if address else [])


def test_links_of_a_word_document_are_told():
    links = RELATIONS.format(LINKED.format(OFFICE, "hyperlink"))
    link = f'<w:hyperlink xmlns:r="{OFFICE}" r:id="x"><w:r><w:t>the hall</w:t></w:r></w:hyperlink>'
    body = "".join(paragraph(line) for line in LINES)
    first = CITY.milestones[0][1]
    at = body.replace(first, f"{first}</w:t></w:r>{link}<w:r><w:t>", 1)

    document = make_word(at, **{"word___rels__document.xml.rels": links})

    (told,) = parse(decode(plain(document).content)).problems
    assert told.message.startswith("“the hall” is a link to https://example.org/.")


def test_deep_html_is_read_and_plain_text_stays_as_it_is():
    assert b"deep" in plain(b"<html>" + b"<div>" * 20_000 + b"deep").content
    for content in (b"", b"<b>5 < 6</b> text", b"\xff\xfe", prose("a").encode()):
        assert plain(content).content == content


LINKED = '<Relationship Id="x" Type="{}/{}" Target="https://example.org/" TargetMode="External"/>'


def compressed_as(kind: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        archive.writestr("word/document.xml", "a")
    return file.getvalue()


DAMAGED = make_word(paragraph("words of a document " * 200))
DAMAGED = DAMAGED[:60] + b"\xff" * 20 + DAMAGED[80:]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (DAMAGED, "cannot be read as a Word document"),
        (b"PK\x03\x04 no archive", "cannot be read as a Word document"),
        (make_word("<w:p>"), "cannot be read as a Word document"),
        (make_word("", word__media__a=b"0" * 21_000_000), "far larger than it seems"),
        (make_word("", **{f"a{n}": "" for n in range(2001)}), "too many parts"),
        (make_word("<w:p/>" * 150_000), "too many parts"),
        (b"<html>" + b"<p>" * 150_000, "too many parts"),
        (compressed_as(zipfile.ZIP_BZIP2), "cannot be read as a Word document"),
        (make_word("", **{"word__vbaProject.bin": b"x"}), "has macros"),
        (
            make_word("", **{"word__x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities",
        ),
        (
            make_word("", **{"word___rels__a.rels": LINKED.format(OFFICE, "attachedTemplate")}),
            "takes something from elsewhere .attachedTemplate",
        ),
        (b"\xd0\xcf\x11\xe0 old", "file of Word 97"),
        (b"%PDF-1.7", "file of PDF"),
    ],
)
def test_hostile_or_strange_file_is_refused_in_words(content, words):
    with pytest.raises(PageError, match=words):
        plain(content)


def test_document_that_is_larger_than_it_says_does_not_fill_the_memory():
    word = make_word(paragraph("a" * 50_000_000))
    size = word.rindex(b"PK\x01\x02") + 24  # of its text, as the directory tells it
    tracemalloc.start()

    with pytest.raises(PageError):
        plain(word[:size] + (10).to_bytes(4, "little") + word[size + 4 :])

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
