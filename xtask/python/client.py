"""A client that openapi-python-client makes from the server's own document, not changed by a letter, does a
teacher's morning: it signs in, registers a student, creates a session, marks a photo and reads the statistics.

client.py URL USERNAME PORTRAIT CLASS_PHOTO, with the password in ROLLCALL_PASSWORD
"""

import datetime
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

NAME = "rollcall_client"
# An unoptimised server looks at a class photo for some seconds.
TIMEOUT = httpx.Timeout(120)


def generate(url: str, folder: Path) -> None:
    """Generates the client; a warning is a fault of the document, as what it is about is left out."""
    programs = Path(sys.executable).parent
    done = subprocess.run(
        [programs / "openapi-python-client", "generate", "--url", f"{url}/api/openapi.json", "--meta", "none",
         "--output-path", folder / NAME, "--fail-on-warning"],
        capture_output=True, text=True, env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def part(path: str):
    """A module of the generated client."""
    return importlib.import_module(f"{NAME}.{path}")


def answer(response, status: int):
    """The parsed body of an answer that has to have this status."""
    assert response.status_code == status, f"{response.status_code}: {response.content!r}"
    assert type(response.parsed).__name__ != "Error", response.parsed
    return response.parsed


def photo(path: str):
    """A photo as the client sends files."""
    return part("types").File(payload=open(path, "rb"), file_name=Path(path).name, mime_type="image/jpeg")


def main(url: str, username: str, portrait: str, class_photo: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        generate(url, Path(folder))
        sys.path.insert(0, folder)
        models, client = part("models"), part("client")

        nobody = client.Client(base_url=url, timeout=TIMEOUT)
        body = models.LoginBody(username=username, password=os.environ["ROLLCALL_PASSWORD"])
        signed_in = answer(part("api.authentication.login").sync_detailed(client=nobody, body=body), 200)
        somebody = client.AuthenticatedClient(base_url=url, token=signed_in.access, timeout=TIMEOUT)

        departments = answer(part("api.departments.list_departments").sync_detailed(client=somebody), 200).results
        department = next(row.id for row in departments if row.code == "EC")
        form = models.RegisterStudentForm(
            name="Luca Parmitano", email="luca.client@example.edu", department=department, photo=photo(portrait)
        )
        student = answer(part("api.students.register_student").sync_detailed(client=somebody, body=form), 201)
        assert student.face_registered and student.name == "Luca Parmitano", student

        now = datetime.datetime.now()
        body = models.SessionBody(
            department=department, subject="Circuits", date=now.date(), start_time=now.strftime("%H:%M")
        )
        session = answer(part("api.attendance.create_session").sync_detailed(client=somebody, body=body), 201)
        form = models.MarkForm(session=session.id, image=photo(class_photo))
        marks = answer(part("api.attendance.mark_photo").sync_detailed(client=somebody, body=form), 200)
        assert [mark.student.id for mark in marks.attendance_marked] == [student.id], marks
        answer(part("api.attendance.complete_session").sync_detailed(session.id, client=somebody), 200)

        counted = answer(
            part("api.attendance.get_statistics").sync_detailed(
                client=somebody, department=department, date_from=now.date(), date_to=now.date()
            ),
            200,
        )
        own = [row for row in counted.by_student if row.student.roll_no == student.roll_no]
        assert len(own) == 1 and own[0].present + own[0].late == 1, counted
        print(f"{student.roll_no} was marked by the generated client; it counted {len(counted.by_student)} students")


main(*sys.argv[1:])
