"""How partials are included; what each prints, their own tests say."""

from django.template import Context, Template

NOTE = 'include "shared/_text_note.html"'


def test_a_partial_sees_only_what_it_is_given_and_the_page_keeps_its_own():
    page = f'{{% {NOTE} only %}}{{% {NOTE} with note="given" only %}}, {{{{ note }}}}'

    text = Template(page).render(Context({"note": "own"}))

    assert text.count("own") == 1
    assert "given" in text
    assert text.endswith(", own")


def test_a_partial_that_shares_the_words_of_its_page_sees_them():
    text = Template(f"{{% {NOTE} %}}").render(Context({"note": "own"}))

    assert "own" in text
