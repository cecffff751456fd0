package io.graft.platform.artifact;

/** The points of the commit protocol, in order. A crash right after any of them loses nothing and shows nothing half-done. */
public enum CommitStep {
    /** Nothing is uploaded yet. */
    BEFORE_UPLOAD,
    /** One object is uploaded. */
    AFTER_OBJECT,
    /** Every object is uploaded; the manifest is not. */
    BEFORE_MANIFEST,
    /** The manifest exists; nobody has been told. */
    AFTER_MANIFEST
}
