# The frame around every page.

program-name = UPR tracker
skip-to-content = Skip to content
nav-label = Main
nav-reviews = Reviews
nav-assess = Assess
nav-world = World
nav-import = Import
nav-scales = Scales
nav-methodology = Methodology
sign-in = Sign in
sign-out = Sign out
fictitious = Fictitious: the State Examplia does not exist, and nothing was recommended to it or assessed by anybody.
footer-what = Implementation of recommendations of the Universal Periodic Review.
footer-methodology = How the figures are counted

failure-not-found = Page not found
failure-not-found-why = There is nothing at this address. It may have been mistyped, or what was here may have been removed.
failure-forbidden = Not allowed
failure-forbidden-why = This needs the role “{ $role }” or a higher one. An administrator can give it to you.
failure-refused = Not possible
failure-method-why = This address cannot be used in that way. It may be that a form was sent where there is only a page to read, or the other way round.
failure-internal = Something failed here
failure-internal-why = The fault is in this program or its database, not in what you did. Nothing was changed. Trying again later may help.
outage-as-of = Data as of { $moment } UTC. The database is not available at the moment, so newer changes are missing and nobody can sign in.
failure-overloaded = Many requests are waiting
failure-overloaded-why = The server is preparing as many files and large searches as it can. Please try again in half a minute.
failure-full = The disk is full
failure-full-why = There is no space left on this server, so nothing was saved. Please try again when the administrator has made space.
failure-unavailable = The database is not available
failure-unavailable-why = The database of this server does not answer at the moment, so nothing was saved. Please try again in a few seconds.
unsaved-what = Your entries are on this page. They are not saved on the server yet.
unsaved-file = The file was not saved. Please choose it again.
unsaved-password = Password
unsaved-send = Send again
unsaved-back = Back to the form, without these entries
failure-way-home = To the list of reviews
changed-meanwhile = Somebody else has changed this in the meantime, and nothing was written over it. Look at how it is now before you decide.

# The program itself
serve-origin-needed =
    { $address } can be reached from other machines. Say what browsers see, so that sign-ins are kept safe:
    --public-origin https://upr.example, with a reverse proxy in front that ends TLS. On a network where everybody
    may read along, --public-origin http://HOST:PORT does without encryption.
serve-unencrypted = Careful: without https, whoever is between a browser and this program can read passwords and drafts.
