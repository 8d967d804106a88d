"""Lets an agent look into the tickets: python -m assistant.analyst "Which queue grew most?" """

import asyncio
import sys

import pandas as pd
from agents import Agent, HostedMCPTool, Runner, function_tool
from agents.mcp import MCPServerStdio

MODEL = "gpt-4o-2024-11-20"
SERVER = "@modelcontextprotocol/server-filesystem@2025.8.21"
files = MCPServerStdio(params={"command": "npx", "args": ["-y", SERVER, "data"]})
bookings = HostedMCPTool(
    tool_config={
        "type": "mcp",
        "server_label": "bookings",
        "server_url": "https://bookings.quayside.example/mcp",
        "require_approval": "always",
    }
)


@function_tool
def tickets_per_queue() -> str:
    """How many tickets each queue holds."""
    return pd.read_csv("data/tickets.csv")["label"].value_counts().to_string()


async def look_up(question):
    """One question over the table of tickets, the files and the booking system."""
    async with files:
        agent = Agent(
            name="analyst",
            model=MODEL,
            instructions="Answer briefly.",
            mcp_servers=[files],
            tools=[bookings, tickets_per_queue],
        )
        result = await Runner.run(agent, question, max_turns=8)
    return result.final_output


if __name__ == "__main__":
    print(asyncio.run(look_up(sys.argv[1])))
