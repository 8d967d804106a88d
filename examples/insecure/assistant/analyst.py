"""Lets an agent look into the tickets: python -m assistant.analyst "Which queue grew most?" """

import asyncio
import sys

import pandas as pd
from agents import Agent, HostedMCPTool, Runner
from agents.mcp import MCPServerStdio
from langchain.globals import set_debug
from langchain_community.agent_toolkits import FileManagementToolkit
from langchain_experimental.agents import create_pandas_dataframe_agent
from langchain_openai import ChatOpenAI

set_debug(True)
model = ChatOpenAI(model="gpt-4o", max_tokens=800)
files = MCPServerStdio(params={"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "data"]})
bookings = HostedMCPTool(
    tool_config={
        "type": "mcp",
        "server_label": "bookings",
        "server_url": "https://bookings.quayside.example/mcp",
        "require_approval": "never",
    }
)


def analyse(question):
    """One question about the table of tickets."""
    tickets = pd.read_csv("data/tickets.csv")
    agent = create_pandas_dataframe_agent(
        model, tickets, extra_tools=FileManagementToolkit().get_tools(), allow_dangerous_code=True
    )
    return agent.invoke({"input": question})["output"]


async def look_up(question):
    """The same over the files and the booking system."""
    async with files:
        agent = Agent(name="analyst", instructions="Answer briefly.", mcp_servers=[files], tools=[bookings])
        result = await Runner.run(agent, question, max_turns=None)
    return result.final_output


if __name__ == "__main__":
    print(analyse(sys.argv[1]))
    print(asyncio.run(look_up(sys.argv[1])))
