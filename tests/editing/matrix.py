"""Who may do what at which address of the admin: the written rule that test_matrix.py checks.

A heading names methods and addresses: what follows "/admin/" or, for a kind of record, what follows
"/admin/<app>/<kind>/". Under one or more headings stand lines of records ("one / another"), with a
word for each role, in the order of ROLES. Every address must be written here for GET and for POST.

    login     is sent to the sign-in page
    refused   403
    hidden    as if it were not there: 404, or sent to the start with "doesn't exist"
    opens     a page that can be read
    writes    a form whose save is written; as the answer of a POST: it was written
    proposes  a form whose save becomes a proposal; as the answer of a POST: it became one
    reads     a record's form with nothing to fill in
    asks      the form comes back with what is wrong; nothing is written
    deletes   it is gone
    leads on  is sent to another page; nothing is written
    not this  405: the address does not know the method

"Its hub" is the region that the hub editor of the test works in. A record is drafted by nobody
(imported) unless the line says otherwise. A superuser who may do what a publisher may is not asked
for it: the tour in tests/browser/staff_tour.py opens every page to them.
"""

ROLES = ["anonymous", "editor", "hub editor", "publisher", "administrator", "superuser"]

SITE = """
GET, POST index
GET account/password/ account/2fa/ account/2fa/app/ account/2fa/codes/new/
GET account/2fa/passkeys/add/ account/sessions/ password_change/done/ jsi18n/ reading/
    -                                     login     opens     opens     opens     opens     opens
GET, POST login/ account/2fa/code/ account/2fa/passkeys/login/ password_change/
POST account/sessions/
    -                                     login     leads on  leads on  leads on  leads on  leads on
GET account/login/
    -                                     opens     leads on  leads on  leads on  leads on  leads on
POST account/login/
    -                                     asks      leads on  leads on  leads on  leads on  leads on
GET account/logout/ account/sessions/ID/end/
    -                                     not this  not this  not this  not this  not this  not this
POST account/logout/
    -                                     login     login     login     login     login     login
POST account/password/ account/2fa/app/ account/2fa/codes/new/ account/2fa/passkeys/add/
    -                                     login     asks      asks      asks      asks      asks
GET, POST account/password/reset/ account/password/sent/
    -                                     hidden    hidden    hidden    hidden    hidden    hidden
GET account/password/reset/key/UIDB36-KEY/
    -                                     opens     opens     opens     opens     opens     opens
POST account/password/reset/key/UIDB36-KEY/
    -                                     asks      asks      asks      asks      asks      asks
POST account/2fa/ account/2fa/codes/ password_change/done/ jsi18n/ reading/
    -                                     login     not this  not this  not this  not this  not this
GET, POST account/2fa/again/ account/2fa/passkeys/again/
    -                                     login     refused   refused   refused   refused   refused
GET, POST account/2fa/app/remove/ account/2fa/passkeys/ID/remove/ URL
GET account/2fa/codes/
POST account/sessions/ID/end/
    -                                     login     hidden    hidden    hidden    hidden    hidden
GET logout/
    -                                     leads on  not this  not this  not this  not this  not this
POST logout/
    -                                     leads on  opens     opens     opens     opens     opens
GET autocomplete/
    journeys.milestone.city               login     opens     opens     opens     opens     opens
    journeys.milestonetheme.theme         login     opens     opens     opens     opens     opens
    members.city.region                   login     opens     opens     opens     opens     opens
    members.city.drafted_by               login     refused   refused   refused   opens     opens
    editing.hubassignment.user            login     refused   refused   refused   opens     opens
POST autocomplete/
    journeys.milestone.city               login     not this  not this  not this  not this  not this
GET, POST r/CONTENT_TYPE_ID/ID/
    draft of its hub                      login     hidden    hidden    hidden    hidden    hidden
GET reports/SLUG/
    coverage / doubtful-dates             login     opens     opens     opens     opens     opens
    another                               login     hidden    hidden    hidden    hidden    hidden
POST reports/SLUG/
    coverage                              login     not this  not this  not this  not this  not this
GET APP_LABEL/
    members / journeys / editing          login     opens     opens     opens     opens     opens
    auth                                  login     hidden    hidden    hidden    opens     opens
POST APP_LABEL/
    members                               login     opens     opens     opens     opens     opens
    auth                                  login     hidden    hidden    hidden    opens     opens
"""


EVERY_KIND = """\
GET, POST ID/
    -                                     login     leads on  leads on  leads on  leads on  leads on
POST export/KIND/
    csv                                   login     not this  not this  not this  not this  not this
"""

EXPORTED = """\
GET export/KIND/
    csv / json                            login     opens     opens     opens     opens     opens
    another                               login     hidden    hidden    hidden    hidden    hidden
"""

BY_SUPERUSERS = """\
GET ID/delete/
    -                                     login     refused   refused   refused   refused   opens
POST ID/delete/
    -                                     login     refused   refused   refused   refused   deletes
"""

OPEN_FORM = """\
GET ID/present/
    -                                     login     not this  not this  not this  not this  not this
"""

DRAFTED = """\
GET list
    -                                     login     opens     opens     opens     opens     opens
GET add/preview/
    -                                     login     leads on  leads on  leads on  leads on  leads on
GET, POST deleted/
GET deleted/VERSION_ID/
    -                                     login     refused   refused   opens     refused   opens
POST deleted/VERSION_ID/
    -                                     login     refused   refused   writes    refused   writes
"""

OF_A_HUB = """\
POST list
    draft of its hub / published          login     leads on  leads on  leads on  opens     leads on
    other hub's draft                     login     leads on  leads on  leads on  opens     leads on
GET add/
    -                                     login     opens     opens     opens     refused   opens
POST add/
    draft of its hub                      login     writes    writes    writes    refused   writes
    other hub's draft                     login     writes    asks      writes    refused   writes
POST add/preview/
    draft of its hub                      login     opens     opens     opens     refused   opens
    other hub's draft                     login     opens     asks      opens     refused   opens
GET ID/change/
    draft of its hub                      login     writes    writes    writes    reads     writes
    draft of a colleague / withdrawn      login     reads     reads     writes    reads     writes
    published                             login     proposes  proposes  writes    reads     writes
    other hub's draft                     login     writes    hidden    writes    reads     writes
    other hub's, published                login     proposes  reads     writes    reads     writes
POST ID/change/ ID/history/VERSION_ID/
    draft of its hub                      login     writes    writes    writes    refused   writes
    draft of a colleague / withdrawn      login     refused   refused   writes    refused   writes
    published                             login     proposes  proposes  writes    refused   writes
    other hub's draft                     login     writes    hidden    writes    refused   writes
    other hub's, published                login     proposes  refused   writes    refused   writes
GET ID/preview/
    draft of a colleague / published      login     opens     opens     opens     opens     opens
    withdrawn / other hub's, published    login     opens     opens     opens     opens     opens
    other hub's draft                     login     opens     hidden    opens     opens     opens
GET ID/history/VERSION_ID/
POST ID/preview/
    draft of its hub / published          login     opens     opens     opens     refused   opens
    draft of a colleague / withdrawn      login     refused   refused   opens     refused   opens
    other hub's draft                     login     opens     hidden    opens     refused   opens
    other hub's, published                login     opens     refused   opens     refused   opens
GET, POST ID/preview-link/
    draft of its hub                      login     opens     opens     opens     refused   opens
    draft of a colleague                  login     refused   refused   opens     refused   opens
    published / other hub's, published    login     leads on  leads on  leads on  leads on  leads on
    withdrawn                             login     hidden    hidden    hidden    hidden    hidden
    other hub's draft                     login     opens     hidden    opens     refused   opens
POST ID/present/
    draft of its hub / published          login     opens     opens     opens     hidden    opens
    draft of a colleague / withdrawn      login     hidden    hidden    opens     hidden    opens
    other hub's draft                     login     opens     hidden    opens     hidden    opens
    other hub's, published                login     opens     hidden    opens     hidden    opens
GET, POST ID/history/
GET ID/history/compare/
    draft of a colleague / withdrawn      login     opens     opens     opens     opens     opens
    other hub's draft                     login     opens     hidden    opens     opens     opens
    other hub's, published                login     opens     refused   opens     opens     opens
POST ID/history/compare/
    draft of a colleague / withdrawn      login     leads on  leads on  leads on  leads on  leads on
    other hub's draft                     login     leads on  hidden    leads on  leads on  leads on
    other hub's, published                login     leads on  refused   leads on  leads on  leads on
"""

ORDER_OF_MILESTONES = """\
GET ID/order/
    with drafts / with published          login     opens     opens     opens     opens     opens
    other hub's, with drafts              login     opens     opens     opens     opens     opens
    other hub's draft                     login     opens     hidden    opens     opens     opens
POST ID/order/
    with drafts                           login     writes    writes    writes    refused   writes
    with published                        login     refused   refused   writes    refused   writes
    other hub's draft                     login     refused   hidden    refused   refused   refused
    other hub's, with drafts              login     writes    refused   writes    refused   writes
"""

OF_NO_HUB = """\
POST list
    draft / published                     login     leads on  leads on  leads on  opens     leads on
GET add/
POST add/preview/
    -                                     login     opens     opens     opens     refused   opens
POST add/
    -                                     login     writes    writes    writes    refused   writes
GET ID/change/
    draft                                 login     writes    hidden    writes    reads     writes
    draft of a colleague / withdrawn      login     reads     hidden    writes    reads     writes
    own draft                             login     reads     writes    writes    reads     writes
    published                             login     proposes  proposes  writes    reads     writes
POST ID/change/ ID/history/VERSION_ID/
    draft                                 login     writes    hidden    writes    refused   writes
    draft of a colleague / withdrawn      login     refused   hidden    writes    refused   writes
    own draft                             login     refused   writes    writes    refused   writes
    published                             login     proposes  proposes  writes    refused   writes
GET, POST ID/history/
GET ID/preview/ ID/history/compare/
    draft of a colleague / withdrawn      login     opens     hidden    opens     opens     opens
    own draft / published                 login     opens     opens     opens     opens     opens
GET ID/history/VERSION_ID/
POST ID/preview/
    draft                                 login     opens     hidden    opens     refused   opens
    draft of a colleague / withdrawn      login     refused   hidden    opens     refused   opens
    own draft                             login     refused   opens     opens     refused   opens
    published                             login     opens     opens     opens     refused   opens
GET, POST ID/preview-link/
    draft                                 login     opens     hidden    opens     refused   opens
    draft of a colleague                  login     refused   hidden    opens     refused   opens
    own draft                             login     refused   opens     opens     refused   opens
    published                             login     leads on  leads on  leads on  leads on  leads on
    withdrawn                             login     hidden    hidden    hidden    hidden    hidden
POST ID/present/
    draft                                 login     opens     hidden    opens     hidden    opens
    draft of a colleague / withdrawn      login     hidden    hidden    opens     hidden    opens
    own draft                             login     hidden    opens     opens     hidden    opens
    published                             login     opens     opens     opens     hidden    opens
POST ID/history/compare/
    draft of a colleague / withdrawn      login     leads on  hidden    leads on  leads on  leads on
    own draft / published                 login     leads on  leads on  leads on  leads on  leads on
"""

THEMES = """
GET, POST list ID/history/
GET ID/history/compare/
    -                                     login     opens     opens     opens     opens     opens
GET, POST deleted/
GET add/ ID/history/VERSION_ID/ deleted/VERSION_ID/
    -                                     login     refused   refused   opens     refused   opens
POST add/ ID/change/ ID/history/VERSION_ID/ deleted/VERSION_ID/
    -                                     login     refused   refused   writes    refused   writes
POST ID/history/compare/
    -                                     login     leads on  leads on  leads on  leads on  leads on
GET ID/change/
    -                                     login     reads     reads     writes    reads     writes
POST ID/present/
    -                                     login     hidden    hidden    opens     hidden    opens
"""

REGIONS = """
GET, POST list ID/history/
GET ID/history/compare/
    -                                     login     opens     opens     opens     opens     opens
GET, POST deleted/
GET add/ ID/history/VERSION_ID/ deleted/VERSION_ID/
    -                                     login     refused   refused   refused   opens     opens
POST add/ ID/change/ ID/history/VERSION_ID/ deleted/VERSION_ID/
    -                                     login     refused   refused   refused   writes    writes
POST ID/history/compare/
    -                                     login     leads on  leads on  leads on  leads on  leads on
GET ID/change/
    -                                     login     reads     reads     reads     writes    writes
POST ID/present/
    -                                     login     hidden    hidden    hidden    opens     opens
"""

WORDS_OF_THE_PAGE = """
GET, POST list ID/history/
GET ID/history/compare/
    -                                     login     refused   refused   opens     opens     opens
GET, POST add/ ID/delete/
    -                                     login     refused   refused   refused   refused   refused
GET ID/change/
    -                                     login     refused   refused   writes    reads     writes
POST ID/change/ ID/history/VERSION_ID/
    -                                     login     refused   refused   writes    refused   writes
POST ID/present/
    -                                     login     hidden    hidden    opens     hidden    opens
POST ID/history/compare/
    -                                     login     refused   refused   leads on  leads on  leads on
GET ID/history/VERSION_ID/
    -                                     login     refused   refused   opens     refused   opens
GET, POST deleted/
GET deleted/VERSION_ID/
    -                                     login     refused   refused   refused   refused   opens
POST deleted/VERSION_ID/
    -                                     login     refused   refused   refused   refused   writes
GET export/KIND/
    csv / json                            login     refused   refused   opens     opens     opens
    another                               login     hidden    hidden    hidden    hidden    hidden
"""

OF_PEOPLE = """\
GET list add/
    -                                     login     refused   refused   refused   opens     opens
GET export/KIND/
    csv / json                            login     refused   refused   refused   opens     opens
POST add/
    -                                     login     refused   refused   refused   writes    writes
"""

ACCOUNTS = """\
POST list
    an editor's / a superuser's           login     refused   refused   refused   opens     deletes
GET, POST ID/change/
    an editor's / a publisher's           login     refused   refused   refused   writes    writes
    an administrator's                    login     refused   refused   refused   writes    writes
    a superuser's                         login     refused   refused   refused   hidden    writes
GET ID/password/
    an editor's                           login     refused   refused   refused   opens     opens
    a publisher's                         login     refused   refused   refused   refused   opens
    an administrator's                    login     refused   refused   refused   leads on  opens
    a superuser's                         login     refused   refused   refused   hidden    leads on
POST ID/password/
    an editor's                           login     refused   refused   refused   writes    writes
    a publisher's                         login     refused   refused   refused   refused   writes
    an administrator's                    login     refused   refused   refused   leads on  writes
    a superuser's                         login     refused   refused   refused   hidden    leads on
GET ID/login-help/
    an editor's                           login     refused   refused   refused   opens     opens
    a publisher's / an administrator's    login     refused   refused   refused   refused   opens
    a superuser's                         login     hidden    hidden    hidden    hidden    refused
POST ID/login-help/
    an editor's                           login     refused   refused   refused   leads on  leads on
    a publisher's / an administrator's    login     refused   refused   refused   refused   leads on
    a superuser's                         login     hidden    hidden    hidden    hidden    refused
GET, POST ID/history/
    an editor's / an administrator's      login     refused   refused   refused   opens     opens
    a superuser's                         login     hidden    hidden    hidden    hidden    opens
"""

GROUPS = """\
GET, POST ID/history/
    -                                     login     refused   refused   refused   opens     opens
POST list
    Editor                                login     refused   refused   refused   opens     refused
    another                               login     refused   refused   refused   opens     deletes
GET ID/change/
    Editor / another                      login     refused   refused   refused   writes    writes
    Administrator                         login     refused   refused   refused   reads     writes
POST ID/change/
    Editor / another                      login     refused   refused   refused   writes    writes
    Administrator                         login     refused   refused   refused   refused   writes
GET ID/delete/
    Editor / Administrator                login     refused   refused   refused   refused   refused
    another                               login     refused   refused   refused   refused   opens
POST ID/delete/
    Editor / Administrator                login     refused   refused   refused   refused   refused
    another                               login     refused   refused   refused   refused   deletes
"""

PROPOSALS = """
GET, POST list
    -                                     login     opens     opens     opens     opens     opens
GET export/KIND/
    csv / json                            login     opens     opens     opens     opens     opens
GET, POST add/ ID/delete/
    -                                     login     refused   refused   refused   refused   refused
GET, POST ID/preview/ ID/history/
GET ID/change/
    a colleague's                         login     hidden    hidden    opens     hidden    opens
    the hub editor's                      login     hidden    opens     opens     hidden    opens
POST ID/change/
    a colleague's                         login     hidden    hidden    writes    hidden    writes
    the hub editor's                      login     hidden    refused   writes    hidden    writes
"""

READERS_REPORTS = """
GET, POST list ID/history/
    -                                     login     refused   refused   opens     opens     opens
GET export/KIND/
    csv / json                            login     refused   refused   opens     opens     opens
GET, POST add/
    -                                     login     refused   refused   refused   refused   refused
GET ID/change/
    -                                     login     refused   refused   writes    reads     writes
POST ID/change/
    -                                     login     refused   refused   writes    refused   writes
"""

LOG = """
GET, POST list ID/history/
    -                                     login     refused   refused   refused   opens     opens
GET export/KIND/
    csv / json                            login     refused   refused   refused   writes    writes
GET, POST add/ ID/delete/
POST ID/change/
    -                                     login     refused   refused   refused   refused   refused
GET ID/change/
    -                                     login     refused   refused   refused   reads     reads
"""

IMPORTS = """
GET list
    -                                     login     opens     opens     opens     refused   opens
POST list
    -                                     login     asks      asks      asks      refused   asks
GET ID/ ID/text/
    the editor's                          login     opens     hidden    hidden    refused   hidden
    the hub editor's                      login     hidden    opens     hidden    refused   hidden
POST ID/
    the editor's                          login     deletes   hidden    hidden    refused   hidden
    the hub editor's                      login     hidden    deletes   hidden    refused   hidden
POST ID/text/
    -                                     login     not this  not this  not this  not this  not this
"""

OF_EVERY_RECORD = EVERY_KIND + EXPORTED + BY_SUPERUSERS + OPEN_FORM

MATRIX = {
    "": SITE,
    "members.city": DRAFTED + OF_A_HUB + ORDER_OF_MILESTONES + OF_EVERY_RECORD,
    "journeys.milestone": DRAFTED + OF_A_HUB + OF_EVERY_RECORD,
    "journeys.initiative": DRAFTED + OF_A_HUB + OF_EVERY_RECORD,
    "journeys.event": DRAFTED + OF_NO_HUB + OF_EVERY_RECORD,
    "journeys.theme": THEMES + OF_EVERY_RECORD,
    "members.region": REGIONS + OF_EVERY_RECORD,
    "journeys.journeyspage": WORDS_OF_THE_PAGE + EVERY_KIND + OPEN_FORM,
    "journeys.pageimport": IMPORTS,
    "auth.user": OF_PEOPLE + ACCOUNTS + EVERY_KIND + BY_SUPERUSERS,
    "auth.group": OF_PEOPLE + GROUPS + EVERY_KIND,
    "editing.proposal": PROPOSALS + EVERY_KIND + EXPORTED,
    "editing.errorreport": READERS_REPORTS + EVERY_KIND + BY_SUPERUSERS,
    "editing.auditentry": LOG + EVERY_KIND,
}
