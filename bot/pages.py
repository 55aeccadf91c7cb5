"""The rules' pages as web pages, for the Why links of comments."""

from __future__ import annotations

import html

import mistletoe
from aiohttp import web

import rules

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Listwright</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  color: #1f2328; background: #fff }}
pre {{ background: #f6f8fa; padding: .8rem; overflow-x: auto; border-radius: 6px }}
code {{ font: .9em ui-monospace, monospace; background: #f6f8fa; padding: .1em .3em }}
pre code {{ padding: 0 }}
table {{ border-collapse: collapse; display: block; overflow-x: auto }}
td, th {{ border: 1px solid #d1d9e0; padding: .3rem .6rem; text-align: left }}
@media (prefers-color-scheme: dark) {{ body {{ color: #f0f6fc; background: #0d1117 }}
  pre, code {{ background: #151b23 }} td, th {{ border-color: #3d444d }} a {{ color: #4493f8 }} }}
</style>
{body}
<p><small>All rules: {others}</small></p>
</html>
"""


async def rule(request: web.Request) -> web.Response:
    """`GET /rules/NAME`: what the rule flags, why, and what to write instead."""
    name = request.match_info["name"]
    names = [known.name for known in rules.all_rules()]
    if name not in names:
        told = f"There is no rule {name}. There are: {', '.join(names)}.\n"
        raise web.HTTPNotFound(text=told)
    others = " · ".join(f'<a href="{other}">{other}</a>' for other in names)
    page = _PAGE.format(
        title=html.escape(name), body=mistletoe.markdown(rules.explain(name)), others=others
    )
    return web.Response(text=page, content_type="text/html")
