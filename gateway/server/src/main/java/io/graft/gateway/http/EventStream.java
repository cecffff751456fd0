package io.graft.gateway.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.graft.gateway.message.ProtoJson;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Passes a streaming call's messages on as server-sent events. The head waits for the first message or heartbeat, so
 * that a call that is refused answers with its own status. One message is asked for when the one before has left;
 * everything here runs on the request's event loop.
 */
final class EventStream extends ClientCall.Listener<Message> {
    private static final int HEARTBEATS_UNTIL_DROPPED = 4;

    private final Exchange exchange;
    private final ClientCall<Message, Message> call;
    private final ProtoJson json;
    private final Failures failures;
    private final HttpServerResponse response;
    private long timer;
    private int stalled;

    EventStream(Exchange exchange, ClientCall<Message, Message> call, ProtoJson json, Failures failures) {
        this.exchange = exchange;
        this.call = call;
        this.json = json;
        this.failures = failures;
        this.response = exchange.routing().response();
    }

    void start(Message request, Metadata metadata, Duration heartbeat) {
        call.start(this, metadata);
        response.closeHandler(_ -> leave());
        response.exceptionHandler(_ -> leave());
        timer = exchange.routing().vertx().setPeriodic(heartbeat.toMillis(), _ -> beat());
        call.sendMessage(request);
        call.halfClose();
        call.request(1);
    }

    @Override
    public void onMessage(Message message) {
        String frame = frame(message);
        exchange.onLoop(() -> {
            write(frame);
            askForNext();
        });
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        exchange.onLoop(() -> end(status, trailers));
    }

    private void askForNext() {
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> call.request(1));
        } else {
            call.request(1);
        }
    }

    private void beat() {
        if (!response.writeQueueFull()) {
            stalled = 0;
            write(": heartbeat\n\n");
        } else if (++stalled >= HEARTBEATS_UNTIL_DROPPED) {
            leave();
            exchange.routing().request().connection().close();
        }
    }

    private void write(String frame) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (!response.headWritten()) {
            response.setStatusCode(200).setChunked(true).putHeader("Content-Type", "text/event-stream");
        }
        response.write(frame);
    }

    private void end(Status status, Metadata trailers) {
        stopBeating();
        if (response.ended() || response.closed()) {
            return;
        }
        if (status.isOk() && response.headWritten()) {
            response.end();
        } else if (status.isOk()) {
            response.setStatusCode(204).end();
        } else if (response.headWritten()) {
            var problem = failures.problem(exchange, status.asRuntimeException(trailers), 500);
            response.end("event: problem\ndata: " + problem.toJson(exchange.requestId()) + "\n\n");
        } else {
            failures.answer(exchange, status.asRuntimeException(trailers));
        }
    }

    private void leave() {
        stopBeating();
        call.cancel("the client left", null);
    }

    private void stopBeating() {
        exchange.routing().vertx().cancelTimer(timer);
    }

    private String frame(Message message) {
        FieldDescriptor sequence = message.getDescriptorForType().findFieldByName("sequence");
        String id = sequence == null ? "" : "id: " + message.getField(sequence) + "\n";
        return id + "event: " + message.getDescriptorForType().getName() + "\ndata: " + json.print(message) + "\n\n";
    }
}
