package io.graft.platform.kafka;

/** Why a message went to the dead letters; the value of its header {@code graft_dlq_reason}. */
public enum PoisonReason {
    /** Not a CloudEvent in binary mode or structured JSON, or an attribute that events need is absent. */
    NOT_AN_EVENT,
    /** It has no data. */
    NO_DATA,
    /** Its type is unknown here, for example because it comes from a later release. */
    UNKNOWN_TYPE,
    /** Its data can't be read as its type. */
    BAD_PAYLOAD,
    /** The handler failed on it as often as it may. */
    HANDLER_FAILED
}
