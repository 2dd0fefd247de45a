## Where no page could be drawn

trouble-took-too-long = The answer took too long. Please try again.
trouble-not-answered = The request could not be answered.
trouble-reference = Reference: { $reference }

## Choosing a language

language-unknown = There is no such language.
