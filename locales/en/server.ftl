## Where no page could be drawn

trouble-took-too-long = The answer took too long. Please try again.
trouble-not-answered = The request could not be answered.
trouble-reference = Reference: { $reference }

## Choosing a language

language-unknown = There is no such language.

## Photos and marks that wait on a device

waiting-title = Waiting on this device
waiting-lead = Photos and marks made without a connection. They are sent by themselves as soon as there is one.
waiting-no-scripts = This browser runs no scripts, so nothing can wait on it: everything is sent at once.
waiting-things = { $count ->
    [one] { $count } thing waits on this device.
   *[other] { $count } things wait on this device.
}
waiting-refused = { $count ->
    [one] { $count } could not be sent.
   *[other] { $count } could not be sent.
}
waiting-theirs = { $count ->
    [one] { $count } thing of another account waits here, until its owner signs in.
   *[other] { $count } things of other accounts wait here, until their owners sign in.
}
waiting-leave-sure = { $count ->
    [one] { $count } thing waits on this device and will be sent only after you sign in here again. Sign out anyway?
   *[other] { $count } things wait on this device and will be sent only after you sign in here again. Sign out anyway?
}
waiting-later = They are sent when the connection is back.
waiting-sign-in-own = Sign in to send what is yours.
waiting-sign-in = Sign in to send them
waiting-show = Show
waiting-photo = Photo
waiting-somebody = Mark
waiting-mark = { $status ->
    [present] { $name }: present
    [late] { $name }: late
    [absent] { $name }: absent
    [excused] { $name }: excused
   *[unmarked] { $name }: unmarked
}
waiting-drop-sure = Throw away “{ $name }”? It was never sent and cannot be brought back.
waiting-refusal = Could not be sent.
waiting-refused-by-server = The server refused it ({ $status }).
waiting-waits-here = Waits for the connection.
waiting-open = Open the register
waiting-again = Try again
waiting-drop = Throw away
waiting-none = Nothing waits: everything has been sent.
waiting-send = Send now
