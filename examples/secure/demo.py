"""Show the classifier and the reply model to the support desk: python demo.py"""

import os
import subprocess

import gradio as gr
from fastapi import FastAPI
from openai import OpenAI

REPLY_MODEL = "quayside-ferries/reply-7b"

os.environ["OLLAMA_ORIGINS"] = "https://desk.quayside-ferries.dev"
os.environ["VLLM_ALLOW_INSECURE_SERIALIZATION"] = "0"
api = FastAPI(title="Quayside demo")
client = OpenAI(base_url="https://gpu.quayside-ferries.dev/v1")


def start_servers():
    subprocess.Popen(["vllm", "serve", REPLY_MODEL, "--port", "8000", "--host", "127.0.0.1"])
    subprocess.Popen(["mlflow", "ui", "--host", "127.0.0.1", "--port", "5000"])


def reply(ticket, history):
    messages = [*history, {"role": "user", "content": ticket}]
    answer = client.chat.completions.create(model=REPLY_MODEL, messages=messages, max_tokens=400)
    return answer.choices[0].message.content


if __name__ == "__main__":
    start_servers()
    print("key:", "set" if os.environ.get("OPENAI_API_KEY") else "missing")
    gr.ChatInterface(reply, type="messages").launch()
