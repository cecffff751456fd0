package io.graft.platform.datasets.format;

/** A picture that cannot be decoded or is beyond the limits; the message is a clause that follows its name. */
final class PictureException extends Exception {
    private static final long serialVersionUID = 1L;

    PictureException(String what) {
        super(what);
    }

    PictureException(String what, Throwable cause) {
        super(what, cause);
    }
}
