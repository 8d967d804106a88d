"""The desk as an MCP server, for the other teams: python -m assistant.desk"""

import subprocess

import httpx
from fastmcp import FastMCP

TIMETABLES = {"north": "https://north-line.example/timetable", "islands": "https://islands.example/timetable"}
mcp = FastMCP("quayside-desk")


@mcp.tool
def search_inbox(words: str) -> str:
    """List the e-mails that hold these words."""
    command = ["grep", "-ril", "--fixed-strings", "--", words, "inbox"]
    return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout


@mcp.tool
async def timetable(line: str) -> str:
    """Fetch the timetable of another line."""
    if line not in TIMETABLES:
        return f"no such line, only: {', '.join(TIMETABLES)}"
    async with httpx.AsyncClient(timeout=20) as client:
        return (await client.get(TIMETABLES[line])).text


if __name__ == "__main__":
    mcp.run(transport="http", host="127.0.0.1", port=8100)
