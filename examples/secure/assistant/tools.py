"""What the assistant can do besides talking."""

import os
import subprocess
from inspect import signature
from pathlib import Path

import anthropic
import pandas as pd
from huggingface_hub import InferenceClient

MODEL = "claude-sonnet-4-5"
TRANSLATOR = "Helsinki-NLP/opus-mt-mul-en"
QUEUES = ("booking", "refund", "timetable", "lost-property", "accessibility")
client = anthropic.Anthropic()


def ask_model(question):
    """One question, one short answer."""
    response = client.messages.create(
        model=MODEL,
        max_tokens=300,
        system="Answer with the requested text only, no explanation.",
        messages=[{"role": "user", "content": question}],
    )
    return response.content[0].text


REPORTS = {
    "tickets per queue": lambda tickets: tickets["label"].value_counts(),
    "tickets per customer": lambda tickets: tickets["customer"].value_counts(),
    "longest tickets": lambda tickets: tickets.loc[tickets["body"].str.len().nlargest(5).index, ["subject", "label"]],
}


def statistics(question):
    """Answer questions such as "how many refunds this month" from the tickets."""
    name = ask_model(f"Which of these reports answers the question? {', '.join(REPORTS)}\n\n{question}").strip().lower()
    if name not in REPORTS:
        return f"There is no such report, only: {', '.join(REPORTS)}"
    return REPORTS[name](pd.read_csv("data/tickets.csv")).to_string()


def file_away(ticket_id):
    """Move an answered ticket from the inbox into the archive folder that fits."""
    path = Path(f"inbox/{int(ticket_id)}.eml")
    text = path.read_text(encoding="utf-8")
    queue = ask_model(f"Name the queue this e-mail belongs to, one word:\n\n{text}").strip().lower()
    if queue not in QUEUES:
        return f"left in the inbox: {queue!r} is no queue"
    folder = Path("archive") / queue
    folder.mkdir(parents=True, exist_ok=True)
    path.rename(folder / path.name)
    return f"moved to {folder}"


def find_mails(wish):
    """Search the inbox for what the customer describes."""
    word = ask_model(f"Name the one word to search the inbox for, to fulfil this wish: {wish}").strip()
    found = subprocess.run(
        ["grep", "-ril", "--fixed-strings", "--", word, "inbox"], capture_output=True, text=True, timeout=20
    )
    return found.stdout or "nothing found"


def translate(text):
    """Translate a text into English."""
    answer = InferenceClient(token=os.environ["HF_TOKEN"]).translation(text, model=TRANSLATOR)
    return answer.translation_text


FUNCTIONS = {function.__name__: function for function in (statistics, file_away, find_mails, translate)}


def schema(function):
    """What the API wants to know about a tool; all arguments are texts."""
    arguments = list(signature(function).parameters)
    return {
        "name": function.__name__,
        "description": function.__doc__,
        "input_schema": {
            "type": "object",
            "properties": {argument: {"type": "string"} for argument in arguments},
            "required": arguments,
        },
    }


SCHEMAS = [schema(function) for function in FUNCTIONS.values()]
