package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.Lookup;
import coppice.api.query.Row;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// People to make projections of.
abstract class PeopleContract extends Contract {
    void put(String key, String document) {
        db.space("people").put(key, document);
    }

    void people() {
        put("ann", "{\"role\":\"admin\",\"age\":41,\"tags\":[\"x\",\"y\"]}");
        put("bob", "{\"role\":\"admin\",\"age\":29,\"tags\":[\"y\"]}");
        put("cid", "{\"role\":\"user\",\"age\":35,\"tags\":[]}");
        put("dan", "{\"age\":35}");
        put("eve", "no JSON");
    }

    void order(String key, String document) {
        db.space("orders").put(key, document);
    }

    static List<String> keys(Stream<Row> rows) {
        try (rows) {
            return rows.map(Row::keyText).toList();
        }
    }

    List<String> keys(String projection, Lookup lookup) {
        return keys(db.projection(projection).rows(lookup));
    }

    static List<String> shown(Stream<Row> rows) {
        try (rows) {
            return rows.map(Row::text).toList();
        }
    }

    static void refused(ErrorCode code, ThrowingCallable call) {
        DatabaseException thrown = catchThrowableOfType(DatabaseException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.code()).isEqualTo(code);
    }
}
