# Signing in, the page of one's own account, and the security log.

sign-in-own-device = This is my own device
sign-in-own-device-how =
    This browser then signs in first when many people try at once, and wrong passwords tried elsewhere do not delay you
    here. It keeps a cookie for { $days } days that shows that this account was used here. Do not tick it on a device that others may take.
sign-in-form-expired = The sign-in form was open for too long, or was sent twice. Nothing was checked. Please enter your password once more.
sign-in-busy =
    Too many people are signing in, or wrong passwords are being tried for this pseudonym. Your password was not checked.
    Wait { $seconds } seconds, enter it again and send this same form. The form that has waited longest comes first.

account-title = Your account
account-signed-in-as = You are signed in as
account-sessions = Sessions
account-sessions-caption = Browsers that are signed in to this account
account-sessions-how = A session ends after { $idle } without use, and after { $longest } in any case.
account-browser = Browser
account-this-browser = This browser
account-other-browser = Another browser
account-since = Since
account-last-used = Last used
account-action = Action
account-session-end = End session
account-session-end-of = End session that began on { $since }
account-sessions-end-others = End all other sessions
account-devices = Known browsers
account-devices-caption = Browsers that are known as yours
account-devices-how =
    You ticked “This is my own device” in these browsers. They sign in first, and always with your password.
    Remove every browser that is no longer yours.
account-devices-none = No browser is known as yours.
account-device-forget = Remove
account-device-forget-of = Remove the browser known since { $since }
account-password = Change password
account-password-how =
    At least { $min } characters. Several words that do not belong together are easy to remember and hard to guess.
    All your other sessions end.
account-password-present = Present password
account-password-new = New password
account-password-repeat = New password, once more
account-password-save = Change password
account-password-wrong = The present password is wrong. Nothing was changed.
account-password-differ = The two new passwords differ. Nothing was changed.
account-password-changed-notice = Your password is changed, and your other sessions have ended.
account-session-ended-notice = The session has ended.
account-sessions-ended-notice = Other sessions that have ended: { $count }.
account-device-forgotten-notice = The browser is no longer known.

duration-days =
    { $count ->
        [1] 1 day
       *[other] { $count } days
    }
duration-hours =
    { $count ->
        [1] 1 hour
       *[other] { $count } hours
    }
duration-minutes =
    { $count ->
        [1] 1 minute
       *[other] { $count } minutes
    }

security-title = Security log
security-how = Sign-ins, sessions, passwords, roles, exports by people who are signed in, and redactions. Entries are kept for { $days } days. No address and no browser is recorded.
security-caption = What happened, the newest first
security-when = When (UTC)
security-what = What
security-who = Who
security-about = About
security-nobody = Not known
security-times = { $what } ({ $times } times, last at { $last })
security-signed-in = Signed in
security-sign-in-failed = Wrong password
security-sign-in-failed-unknown = Unknown pseudonym tried
security-signed-out = Signed out
security-session-ended = Ended one of their sessions
security-other-sessions-ended = Ended their other sessions
security-device-remembered = Browser became known
security-device-forgotten = Browser no longer known
security-password-change-failed = Wrong present password when changing it
security-private-export = Exported a file while signed in
security-account-added = Account added
security-account-disabled = Account disabled
security-account-reset = New password set by an administrator
security-account-password-changed = Changed their password
security-account-role-changed = Role changed
security-account-removed = Account removed
security-redacted = Text redacted

account-pseudonym-mixed = A pseudonym keeps to one script: its letters look alike in several, and its digits come from one set.
account-pseudonym-alike = “{ $name }” looks like “{ $other }”, who is or was here. Choose another pseudonym.
account-pseudonym-used = The pseudonym “{ $name }” was used before, and the history still shows it. If it is the same person, add --returning. Otherwise choose another pseudonym.
account-password-common = This password is easy to guess: it is a common one, a variation of one, or little more than the pseudonym or the name of this site. Choose another one.
account-password-same = The new password is the present one. Nothing was changed.
account-changed-meanwhile = The account was changed meanwhile. Nothing was changed here; sign in again.
account-hashing-busy = Too many passwords are being processed at the moment. Nothing was changed; try again in half a minute.
