package io.graft.standalone;

/** How the process ends when nobody asked it to stop. */
enum ExitStatus {
    FAILED(1),
    WRONG_SETTING(2),
    ALREADY_RUNNING(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
