# The frame around every page.

program-name = UPR tracker
skip-to-content = Skip to content
nav-label = Main
nav-states = States
nav-recommending = Recommending States
nav-assess = Assess
nav-world = World
nav-import = Import
nav-scales = Scales
nav-methodology = Methodology
search-title = Search
search-label = Find a State, a paragraph or words
search-hint = For example “Belarus”, “BLR 97.14” or “death penalty”
search-placeholder = State, words
search-send = Search
search-nothing = Nothing found for “{ $typed }”. States, numbers of recommendations and the words of recommendations are searched.
search-between = What one State recommended to the other
search-nearest = Did you mean this State?
search-states = States
search-recommendations = Recommendations of this number
search-recommendation = { $state }, { $cycle }: { $paragraph }
search-words-title = Words of recommendations
search-words =
    { $count ->
        [one] { $count } recommendation contains “{ $typed }”
       *[other] { $count } recommendations contain “{ $typed }”
    }
sign-in = Sign in
sign-out = Sign out
fictitious = Fictitious: the State Examplia does not exist, and nothing was recommended to it or assessed by anybody.
footer-what = Implementation of recommendations of the Universal Periodic Review.
footer-methodology = How the figures are counted
site-text-about = About this site
site-text-contact = Contact
site-text-licence = Licence and reuse
site-text-privacy = Privacy
site-text-accessibility = Accessibility
site-text-unreadable = { $path } cannot be read: { $why }. A text about the installation is UTF-8 and at most 64 KiB.
site-text-unknown = { $path } has a name that no page uses. Texts about the installation are named { $names }.
data-sources-title = Data sources
data-sources-what = Where the positions of the States come from, and what is loaded here. Where several sources give the position on one recommendation, the methodology says which one counts; the page of the recommendation shows all.
data-sources-caption = Sources of the positions that are counted
data-sources-source = Document or collection
data-sources-positions = Recommendations
data-sources-not-given = Source not given
data-sources-no-position = No position in any source
data-sources-reviews = Reviews { $first }–{ $last } of { $count }, with their documents and sources
data-sources-loaded = Recommendations loaded
data-sources-of-positions = Sources of the positions
data-sources-made-up = Made up, for the demonstration

failure-not-found = Page not found
failure-not-found-why = There is nothing at this address. It may have been mistyped, or what was here may have been removed.
failure-forbidden = Not allowed
failure-forbidden-why = This needs the role “{ $role }” or a higher one. An administrator can give it to you.
failure-refused = Not possible
failure-method-why = This address cannot be used in that way. It may be that a form was sent where there is only a page to read, or the other way round.
failure-internal = Something failed here
failure-internal-why = The fault is in this program or its database, not in what you did. Nothing was changed. Trying again later may help.
outage-as-of = This page shows the data as they stood on { $moment } UTC. The database is not available at the moment, so newer changes are missing and nobody can sign in.
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
failure-way-home = To the list of States
changed-meanwhile = Somebody else has changed this in the meantime, and nothing was written over it. Look at how it is now before you decide.

# Pages for requests that no page answers
refused-server-fault = Something went wrong here
refused-server-fault-why = This is a fault of the program, not yours. What was saved before is safe; going back and trying again is safe too.
refused-other-address = This site has another address
refused-other-address-why = Use the address that you were given. The operator sets it with --public-origin. A reverse proxy must pass on the Host header unchanged.
refused-no-host = This request names no site
refused-no-host-why = A request must name the host that it is for.
refused-database-away = The database is not available
refused-database-away-why = If you sent a form, it is not certain whether it was saved. Go back in your browser: your text is still there. Please try again in a few seconds. Published results can be read meanwhile.
refused-foreign-request = This request did not come from this site
refused-foreign-request-why = Nothing was changed. Open the page here and send the form again; a browser older than 2020 cannot be used to make changes.
refused-too-large = This is too large
refused-too-large-why = Forms may hold 1 MiB and files to import 512 MiB. Split the file, or import it on the command line.
refused-too-long = This took too long
refused-too-long-why = Nothing is known to be wrong with what was asked for. Please try again in a moment.
refused-too-many-requests = Too many requests at once
refused-too-many-requests-why = Many requests from your network are under way. Please try again in a moment.
refused-way-home = Go to the start

# The program itself
setting-out-of-bounds = { $name } is “{ $value }”; it has to be a whole number from { $least } to { $most }.
serve-origin-needed =
    { $address } can be reached from other machines. Say what browsers see, so that sign-ins are kept safe:
    --public-origin https://upr.example, with a reverse proxy in front that ends TLS. On a network where everybody
    may read along, --public-origin http://HOST:PORT does without encryption.
serve-unencrypted = Careful: without https, whoever is between a browser and this program can read passwords and drafts.
