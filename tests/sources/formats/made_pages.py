"""Web pages constructed after the documented templates of publishing systems; all text is invented, none was ever published.

`SAYS` are the paragraphs of an article in order; whatever has ASIDE in it stands beside one, and must never be taken for its text.
"""

# ruff: noqa: E501

_CLAIMS = (
    "the levy would put up fares for islanders who have no other way to cross",
    "nobody had asked the harbour masters before the plan was drawn up",
    "repairs that had been put off for fifteen years could not wait for another winter",
    "the sum asked of each passenger was smaller than the price of a cup of tea",
    "its members would march on the ministry in November unless the plan was dropped",
    "the figures that the ministry published in May left out the smaller quays",
    "a ferry that does not run is the dearest ferry of all",
    "the committee had been promised a report and had never seen one",
)
_WHO = (
    "The ferry union",
    "A ministry spokesman",
    "Morag Tull, its chair,",
    "The islanders’ forum",
    "“No,” said Alan Reith, who",
    "The council",
)
_LINES = [f"{_WHO[i % len(_WHO)]} said in part {i} that {_CLAIMS[i % len(_CLAIMS)]}." for i in range(24)]
SAYS = [" ".join(_LINES[i::8]) for i in range(8)]
"""Three sentences each, and most of them in the first box of a page: of shorter texts an extractor takes all, and nothing could be put back."""
A, B, C, D, E, F, G, H = (f"<p>{text}</p>" for text in SAYS)
SHORT = "“Never,” she said."

AD = "<div class='ad-slot'><p>ASIDE: the quickest way to a new kitchen is to order it from us before the end of the month.</p></div>"
FIGURE = "<figure><img src='q.jpg'><figcaption>ASIDE: the quay at dawn, with two ferries that do not run.</figcaption></figure>"
LETTER = "<aside><h3>ASIDE letter</h3><p>ASIDE: get the best of our coverage in your inbox each morning, and nothing else.</p><form><input></form></aside>"
SIGN_UP = (
    "<div class='subscription-widget'><p>ASIDE: thanks for reading; subscribe for free to receive new posts and support the work.</p></div>"
)
RELATED = "<div class='c1'><h3><a href='/other/story'>ASIDE Another story</a></h3><p>ASIDE: the first line of another story, which says a lot.</p></div>"
COMMENTS = "<section id='comments'><ol><li><article><p>ASIDE: I have read all of this, and I do not agree with a word.</p></article></li></ol></section>"
FOOT = "<footer><p>ASIDE: all rights reserved, and whoever copies this page does so at their own risk.</p></footer>"
NAV = "<nav><ul><li><a href='/'>ASIDE Home</a></li><li><a href='/news'>ASIDE News</a></li></ul></nav>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en-GB'><head><title>The levy</title>{head}</head><body>{NAV}{body}{FOOT}</body></html>"


ONE_ARTICLE = {
    "the box of the text comes twice, in nothing": page(f"<div class='story'>{A}{B}{C}{D}{E}</div>{AD}<div class='story'>{F}{G}{H}</div>"),
    "the box of the text comes three times, in main": page(
        f"<main><div class='post-content'><h2>Levy condemned</h2>{A}{B}{C}{D}</div>{AD}<div class='post-content'>{E}</div>{LETTER}"
        f"<div class='post-content'>{F}{G}{H}</div>{RELATED}</main>"
    ),
    "WordPress: everything in the content": page(
        f"<main id='main'><article class='post type-post'><header class='entry-header'><h1 class='entry-title'>The levy</h1></header>"
        f"<div class='entry-content'>{A}{B}{AD}{C}{FIGURE}{D}{LETTER}{E}<blockquote class='wp-block-quote'>{F}</blockquote>{G}{H}</div></article>"
        f"{COMMENTS}</main><aside class='widget-area'>{RELATED}</aside>"
    ),
    "Drupal: a field for each piece of text": page(
        "<main role='main'><article class='node node--type-article'><h1>The levy</h1>"
        + "".join(
            f"<div class='paragraph paragraph--type--text'><div class='field field--name-field-text'>{piece}</div></div>{between}"
            for piece, between in [(A + B + C + D + E, AD), (F, FIGURE), (G, LETTER), (H, "")]
        )
        + "</article></main>"
    ),
    "BBC-like: a box for each paragraph or two": page(
        "<main id='main-content'><article><header><h1>The levy</h1></header>"
        + "".join(f"<div data-component='text-block' class='xz1'><div class='xz2'>{piece}</div></div>" for piece in (A + B + C + D, E))
        + f"<div data-component='links-block'><ul><li><a href='/n/1'>ASIDE More on this story</a></li></ul></div>{FIGURE}"
        + "".join(f"<div data-component='text-block' class='xz1'><div class='xz2'>{piece}</div></div>" for piece in (F, G, H))
        + f"</article><section class='related-topics'>{RELATED}</section></main>"
    ),
    "Arc-like: sections of the body between advertisements": page(
        f"<section class='article-body'>{A}{B}{C}{D}{E}</section><div class='arcad'>{AD}</div><section class='article-body'>{F}</section>"
        f"<div class='promo-container'>{RELATED}</div><section class='article-body'>{G}{H}</section>"
    ),
    "Substack-like: widgets between the paragraphs": page(
        f"<div class='single-post'><article class='newsletter-post post'><h1 class='post-title'>The levy</h1><div class='available-content'>"
        f"<div class='body markup'>{A}{B}{SIGN_UP}{C}{D}{SIGN_UP}{E}{F}{G}{H}</div></div></article></div>{COMMENTS}"
    ),
    "several article elements are parts of one": page(
        f"<main><h1>The levy</h1><article class='part'>{A}{B}{C}{D}{E}</article>{AD}<article class='part'>{F}</article>"
        f"<article class='part'>{G}{H}</article></main>"
    ),
    "boxes with numbers": page(
        f"<div id='c'><div class='post-content n1'>{A}{B}{C}{D}{E}</div>{AD}<div class='post-content n2'>{F}{G}</div>"
        f"<div class='post-content n3'>{H}</div></div>"
    ),
    "boxes with other names": page(
        f"<article><div class='article-body'>{A}{B}{C}{D}{E}</div>{AD}<div class='rest'>{F}{G}{H}</div></article>"
    ),
    "a standfirst around the text": page(f"<main><h1>The levy</h1>{A}<div class='text-of-it'>{B}{C}{D}{E}{F}{G}{H}</div></main>"),
    "line breaks for paragraphs": page(f"<main><h1>The levy</h1><div class='text'>{'<br><br>'.join(SAYS)}</div></main>"),
}

STAMPS = ("18.42 BST", "18:30", "5.59pm", "17.40 BST")
_POSTS = [
    ("Vote delayed by half an hour", A + B),
    ("Our reporter is in the chamber", f"{C}<p>{SHORT}</p>"),
    ("The budget lead", D + E + F),
    ("Good evening", G + H),
]


def _guardian(headings: bool) -> str:
    posts = "".join(
        f"<article id='block-{i}' class='block'><p class='block-time'><time datetime='2025-10-01T18:4{i}:00Z'>{stamp}</time></p>"
        + (f"<h2 class='block-title'>{heading}</h2>" if headings else "")
        + f"<div class='block-elements'>{text}</div><div class='block-share'><p>ASIDE: share this post with all that you know of.</p></div></article>"
        for i, (stamp, (heading, text)) in enumerate(zip(STAMPS, _POSTS, strict=True))
    )
    return page(f"<main><h1>Council meeting live</h1><div class='live-body'>{posts}</div></main>", LIVE)


LIVE = '<script type=\'application/ld+json\'>{"@type": "LiveBlogPosting", "datePublished": "2025-10-01T17:00:00Z"}</script>'
LIVE_BLOGS = {
    "article elements with headings": _guardian(headings=True),
    "article elements without headings": _guardian(headings=False),
    "a list of posts": page(
        "<main><h1>Council meeting live</h1><ol class='posts'>"
        + "".join(
            f"<li class='lx-stream__post-container'><article class='lx-post'><header><time>{stamp}</time><h3 class='lx-title'>{heading}</h3></header>"
            f"<div class='lx-body'>{text}</div></article></li>"
            for stamp, (heading, text) in zip(STAMPS, _POSTS, strict=True)
        )
        + "</ol></main>",
        LIVE,
    ),
}


def _full(number: int, tag: str, link: bool, text: str) -> str:
    heading = f"<a href='/2025/10/0{number}/post-{number}/'>Post {number}</a>" if link else f"Post {number}"
    return (
        f"<article class='post'><header><{tag} class='entry-title'>{heading}</{tag}><time datetime='2025-10-0{number}T09:00:00Z'>{number} October"
        f"</time> <span class='byline'>by <a rel='author' href='/a'>Ann Reporter</a></span></header><div class='entry-content'>{text}</div></article>"
    )


CANONICAL = "<link rel='canonical' href='https://weekly.example/'><meta property='og:site_name' content='The Weekly'>"
SEVERAL = {
    "a blog's front page with posts in full": page(
        f"<main>{_full(1, 'h2', True, A + B + C + D)}{_full(2, 'h2', True, E + F + G + H)}</main>", CANONICAL
    ),
    "a page that scrolls on into another article": page(
        f"{_full(1, 'h1', False, A + B + C + D)}{_full(2, 'h1', False, E + F + G + H)}", CANONICAL
    ),
}

_CARD = "<{0} class='card'><h3><a href='/story-{1}'>Story {1}</a></h3><p>A summary of story {1}, which says what {1} ministers will do in spring.</p></{0}>"
_COOKIES = (
    "<p>We and our 842 partners store and access personal data, such as cookies, on your device.</p><p>You can accept or reject all, or manage your "
    "privacy choices, at any time.</p><p>Your consent applies to our whole site; some partners rely on legitimate interest, to which you can object.</p>"
)
_WALL = (
    "<h2>Subscribe to continue reading</h2><p>Already a subscriber? Sign in to your account.</p><p>Get unlimited digital access with a free trial: "
    "you can cancel anytime.</p><p>Register for a free account to keep reading our award-winning work.</p>"
)
NO_ARTICLE = {
    "cards in article elements": (page("<main>" + "".join(_CARD.format("article", i) for i in range(12)) + "</main>"), "a list of teasers"),
    "cards in boxes": (
        page("<main><h1>Politics</h1>" + "".join(_CARD.format("div", i) for i in range(6)) + "</main>"),
        "a list of teasers",
    ),
    "a consent page": (page(f"<main><h1>Before you go on</h1>{_COOKIES}</main>"), "only a notice that asks for consent to cookies"),
    "a wall": (page(f"<main><h1>The levy</h1>{_WALL}</main>"), "only a wall that asks to subscribe, register or sign in"),
    "a short wall": (
        page(
            "<h1>Rail merger talks collapse in the night</h1><div><p>Subscribe to continue reading</p><p>Already a subscriber? Log in</p></div>"
        ),
        "only a wall that asks to subscribe, register or sign in",
    ),
    "not there": (
        page("<main><h1>Page not found</h1><p>Sorry, the page that you asked for does not exist, or has moved.</p></main>"),
        "an error page",
    ),
    "a robot": (
        page("<main><h1>Access denied</h1><p>Please make sure that your browser supports scripts, and try again.</p></main>"),
        "an error page",
    ),
}
