"""Writes a WordPress export of a given size, for measuring.

    python3 tests/tools/make_export.py export.xml 1000      # 1000 MB

Every tenth item is an attachment, a page or a draft. The same bytes on every run.
"""

import sys

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Saltmere Courier</title><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[mlund]]></wp:author_login><wp:author_display_name><![CDATA[Maren Lund]]></wp:author_display_name></wp:author>
"""

ITEM = """<item>
<title><![CDATA[Report number {n} from the harbour]]></title>
<link>https://saltmere.example/{n}/</link>
<dc:creator><![CDATA[mlund]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>{n}</wp:post_id>
<wp:post_date_gmt><![CDATA[2024-03-01 08:00:00]]></wp:post_date_gmt>
<wp:post_name><![CDATA[report-{n}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:postmeta><wp:meta_key><![CDATA[_wp_attachment_image_alt]]></wp:meta_key><wp:meta_value><![CDATA[Picture {n}]]></wp:meta_value></wp:postmeta>
</item>
"""

SENTENCES = [
    "The ferry left at noon with {n} people on board, and came back with one fewer.",
    "Nobody on the pier could say what the captain &#8211; a quiet man &#8211; had seen.",
    "It cost $3.5 million, which is more than the town spends on its schools in a year.",
    "“We will wait for the tide,” said the harbour master, and went home to his tea.",
]


def body(n, paragraphs):
    parts = []
    for p in range(paragraphs):
        text = " ".join(SENTENCES[(n + p + i) % 4].format(n=n + p) for i in range(5))
        parts.append(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->\n")
    return "\n".join(parts)


def main(path, megabytes, paragraphs=24):
    size, n = 0, 0
    with open(path, "w", encoding="utf-8") as out:
        size += out.write(HEAD)
        while size < megabytes * 1_000_000:
            n += 1
            kind, status = "post", "publish"
            if n % 10 == 0:
                kind, status = [("attachment", "inherit"), ("page", "publish"), ("post", "draft")][n // 10 % 3]
            size += out.write(ITEM.format(n=n, body=body(n, paragraphs), kind=kind, status=status))
        out.write("</channel>\n</rss>\n")
    print(f"{n} items")


main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 24)
