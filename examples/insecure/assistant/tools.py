"""What the assistant can do besides talking."""

import os
import subprocess
from inspect import signature

import anthropic
import pandas as pd
from huggingface_hub import InferenceClient

MODEL = "claude-sonnet-4-5"
TRANSLATOR = "Helsinki-NLP/opus-mt-mul-en"
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


def statistics(question):
    """Answer questions such as "how many refunds this month" from the tickets."""
    tickets = pd.read_csv("data/tickets.csv")
    columns = ", ".join(tickets.columns)
    code = ask_model(f"Write one pandas expression over the DataFrame `tickets` ({columns}) that answers: {question}")
    return str(eval(code, {"tickets": tickets, "pd": pd}))


def file_away(ticket_id):
    """Move an answered ticket from the inbox into the archive folder that fits."""
    path = f"inbox/{int(ticket_id)}.eml"
    with open(path, encoding="utf-8") as f:
        folder = ask_model(f"Name the queue this e-mail belongs to, one word:\n\n{f.read()}").strip().lower()
    os.system(f"mkdir -p archive/{folder} && mv {path} archive/{folder}/")
    return f"moved to archive/{folder}"


def find_mails(wish):
    """Search the inbox for what the customer describes."""
    command = ask_model(f"Write a grep command that lists the files below inbox/ that match this wish: {wish}")
    found = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=20)
    return found.stdout or "nothing found"


def translate(text, token):
    """Translate a text into English."""
    answer = InferenceClient(token=token).translation(text, model=TRANSLATOR)
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
