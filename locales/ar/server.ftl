## Where no page could be drawn

trouble-took-too-long = استغرق الرد وقتًا طويلًا. يُرجى المحاولة مرة أخرى.
trouble-not-answered = تعذّر الرد على الطلب.
trouble-reference = المرجع: { $reference }

## Choosing a language

language-unknown = هذه اللغة غير متاحة.
