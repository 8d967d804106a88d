"""Show the classifier and the reply model to the support desk: python demo.py"""

import os
import subprocess

import gradio as gr
from fastapi import FastAPI
from openai import OpenAI

REPLY_MODEL = "quayside-ferries/reply-7b"

os.environ["OLLAMA_ORIGINS"] = "*"
os.environ["VLLM_ALLOW_INSECURE_SERIALIZATION"] = "1"
api = FastAPI(title="Quayside demo", debug=True)
client = OpenAI(base_url="http://gpu.quayside-ferries.dev:8000/v1")


def start_servers():
    subprocess.Popen(["vllm", "serve", REPLY_MODEL, "--port", "8000"])
    subprocess.Popen("mlflow ui --host 0.0.0.0 --port 5000", shell=True)


def reply(ticket, history):
    messages = [*history, {"role": "user", "content": ticket}]
    answer = client.chat.completions.create(model=REPLY_MODEL, messages=messages, max_tokens=400)
    return answer.choices[0].message.content


if __name__ == "__main__":
    start_servers()
    print("key:", os.environ.get("OPENAI_API_KEY"))
    gr.ChatInterface(reply, type="messages").launch(share=True)
