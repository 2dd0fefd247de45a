"""Who calls, told by the environment: ROLLCALL_URL, and ROLLCALL_USERNAME and ROLLCALL_PASSWORD unless it is nobody."""

import os

import requests
import schemathesis

URL = os.environ["ROLLCALL_URL"]
USERNAME = os.environ.get("ROLLCALL_USERNAME")

if USERNAME:

    def sign_in():
        body = {"username": USERNAME, "password": os.environ["ROLLCALL_PASSWORD"]}
        answer = requests.post(URL + "/api/auth/login/", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    OWN_ID = str(sign_in()["user"]["id"])

    # Some operations end the caller's login session; a new one is begun soon enough.
    @schemathesis.auth(refresh_interval=3)
    class Token:
        def get(self, case, context):
            return sign_in()["access"]

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"

    # What an admin does to the caller's own account would lock the caller out.
    @schemathesis.hook
    def filter_case(context, case):
        own = str((case.path_parameters or {}).get("id")) == OWN_ID
        return not (own and case.operation.path.startswith("/api/users/") and case.method != "GET")
