"""A person at LibreOffice Writer: opens a draft, works on it and saves it. Prints JSON. Run with Debian's python3-uno."""

import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.awt.FontWeight import BOLD
from com.sun.star.beans import PropertyValue
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK


def option(name, value):
    return PropertyValue(Name=name, Value=value)


def start(profile):
    pipe = f"mzreport{os.getpid()}"
    program = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return program, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def find(doc, words):
    search = doc.createSearchDescriptor()
    search.SearchString = words
    return doc.findFirst(search)


def edit(doc, job):
    """A paragraph added, words changed, a figure made bold, one typed into, one selected and typed over."""
    before = find(doc, job["before"])
    cursor = doc.Text.createTextCursorByRange(before.Start)
    cursor.gotoStartOfParagraph(False)
    doc.Text.insertString(cursor, job["paragraph"], False)
    doc.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    replace = doc.createReplaceDescriptor()
    replace.SearchString, replace.ReplaceString = job["words"]
    doc.replaceAll(replace)
    marks = doc.Bookmarks
    marks.getByName(job["bold"]).Anchor.CharWeight = BOLD
    anchor = marks.getByName(job["typed"]).Anchor
    cursor = anchor.Text.createTextCursorByRange(anchor.Start)
    cursor.goRight(1, False)
    cursor.goRight(1, True)
    anchor.Text.insertString(cursor, "88", True)
    anchor = marks.getByName(job["over"]).Anchor
    cursor = anchor.Text.createTextCursorByRange(anchor)
    anchor.Text.insertString(cursor, job["with"], True)


def read(doc):
    """Paragraphs, tables left out, and what is bold."""
    paragraphs, bold = [], []
    for paragraph in doc.Text:
        if not paragraph.supportsService("com.sun.star.text.Paragraph"):
            continue
        paragraphs.append(paragraph.String)
        bold += [part.String for part in paragraph if part.TextPortionType == "Text" and part.CharWeight == BOLD]
    return {"paragraphs": paragraphs, "bold": "".join(bold), "bookmarks": list(doc.Bookmarks.ElementNames)}


def settle(context, doc, command):
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(doc.CurrentController.Frame, f".uno:{command}", "", 0, ())


def main():
    job = json.loads(sys.argv[1])
    with tempfile.TemporaryDirectory() as profile:
        program, context = start(profile)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        load = lambda path: desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (option("Hidden", True),))
        save = lambda doc, path: doc.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", "MS Word 2007 XML"),))
        try:
            result = {}
            for task in job:
                doc = load(task["open"])
                if "edit" in task:
                    edit(doc, task["edit"])
                if "settle" in task:
                    result_key = task["settle"]
                    result[f"{result_key}:revisions"] = doc.Redlines.createEnumeration().hasMoreElements()
                    settle(context, doc, task["settle"])
                if "read" in task:
                    result[task["read"]] = read(doc)
                if "save" in task:
                    save(doc, task["save"])
                doc.close(True)
            print(json.dumps(result))
        finally:
            try:
                desktop.terminate()
            except Exception:
                pass
            program.wait(30)


main()
