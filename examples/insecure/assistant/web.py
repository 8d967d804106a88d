"""The assistant for the web site: uvicorn assistant.web:app"""

import sqlite3

import anthropic
import httpx
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from google import genai
from google.genai import types
from jinja2 import Template

MODEL = "claude-sonnet-4-5"
app = FastAPI(title="Quayside assistant")
client = anthropic.Anthropic()
gemini = genai.Client()


def ask_model(system, question):
    response = client.messages.create(
        model=MODEL, max_tokens=600, system=system, messages=[{"role": "user", "content": question}]
    )
    return response.content[0].text


@app.post("/ask")
def ask(persona: str, question: str):
    response = client.messages.create(
        model=MODEL,
        max_tokens=600,
        system=f"You are {persona} of the ferry company Quayside.",
        messages=[{"role": "user", "content": question}],
    )
    return HTMLResponse(f"<article>{response.content[0].text}</article>")


@app.post("/letter")
def letter(template: str, name: str):
    return Template(template).render(name=name, answer=ask_model("Write one friendly sentence.", name))


@app.post("/count")
def count(question: str):
    """How many tickets there are of some kind."""
    sql = ask_model("Write one SQLite query over tickets(label, customer, body). Only the query.", question)
    return sqlite3.connect("data/tickets.db").execute(sql).fetchall()


@app.post("/news")
def news():
    """What other lines announce, in one sentence."""
    page = httpx.get("https://harbour-news.example/today", timeout=20).text
    return gemini.models.generate_content(
        model="gemini-2.5-flash-001",
        contents=f"Say in one sentence what this page announces. {page} Answer in English.",
        config=types.GenerateContentConfig(
            safety_settings=[types.SafetySetting(category="HARM_CATEGORY_HARASSMENT", threshold="BLOCK_NONE")]
        ),
    ).text
