package io.graft.platform.query;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins. Opaque to callers, and bound to the list that it came from, so that a token can't be used
 * with another parent or filter.
 *
 * @param position key of the last item shown, as the store orders them
 */
public record PageToken(String position) {
    private static final int MAX_PAGE_SIZE = 1000;

    /** Text of the token for the list described by {@code list}, for example its parent and filter. */
    public String encode(String list) {
        String plain = Integer.toHexString(list.hashCode()) + "\n" + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token.
     *
     * @throws GraftException {@code INVALID_PAGE_TOKEN} when it is malformed or belongs to another list
     */
    public static PageToken decode(String token, String list) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int newline = plain.indexOf('\n');
            if (newline > 0 && plain.substring(0, newline).equals(Integer.toHexString(list.hashCode()))) {
                return new PageToken(plain.substring(newline + 1));
            }
        } catch (IllegalArgumentException e) {
            throw refuse(e);
        }
        throw refuse(null);
    }

    /**
     * Page size to use: {@code standard} for 0, never above {@code max}.
     *
     * @throws GraftException {@code INVALID_REQUEST} for a negative one
     */
    public static int size(int requested, int standard, int max) {
        if (requested < 0) {
            throw GraftException.invalid(
                    ErrorCode.INVALID_REQUEST, List.of(new FieldViolation("page_size", "must not be negative")));
        }
        return requested == 0 ? standard : Math.min(requested, max);
    }

    /** Page size to use where nothing else is said: 50 for 0, 1000 at most. */
    public static int size(int requested) {
        return size(requested, 50, MAX_PAGE_SIZE);
    }

    private static GraftException refuse(@Nullable Exception cause) {
        return new GraftException(
                ErrorCode.INVALID_PAGE_TOKEN,
                "page_token is not one that this list returned with the same parent and filter; begin again without it",
                cause);
    }
}
