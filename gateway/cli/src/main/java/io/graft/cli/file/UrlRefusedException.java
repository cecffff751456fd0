package io.graft.cli.file;

import java.io.IOException;

/** The store refused a presigned request, most often because the URL has ended; a fresh URL may do. */
final class UrlRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    UrlRefusedException(String message) {
        super(message);
    }
}
