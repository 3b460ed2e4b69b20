import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.EventLogView;
import coppice.api.structure.Retention;
import coppice.api.structure.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The history of a chat: messages by time, the latest of them for a prompt, searched, and a conversation that is
/// tried another way on a branch.
///
/// Run it with the engine on the class path: `java -cp ... examples/ChatHistory.java DIRECTORY`. `DIRECTORY` is
/// made.
public final class ChatHistory {
    record Message(String role, String text) {}

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            EventLog<Message> chat = db.eventLog("chat", Message.class);
            chat.append(new Message("user", "What is a prolly tree?"), NOON);
            chat.append(new Message("assistant", "A search tree cut by content."), NOON.plusSeconds(2));
            chat.append(new Message("user", "And why?"), NOON.plusSeconds(60));
            db.commit("Until the second question");

            System.out.println("prompt: " + latest(chat, 2));
            System.out.println("in the first minute: " + chat.count(TimeRange.since(NOON).to(NOON.plusSeconds(60))));
            db.query("chat").where("role = 'assistant' AND text LIKE '%tree%'").rows().map(chat::event)
                    .forEach(found -> System.out.println("found: " + found.value().text()));

            Branch other = db.branch("other-answer", db.head());
            answer(chat, "So that equal rows make equal trees.");
            answer(other.eventLog("chat", Message.class), "Because it merges.");
            System.out.println("here: " + latest(chat, 1));
            System.out.println("there: " + latest(other.eventLog("chat", Message.class), 1));
            System.out.println("committed: " + latest(db.at("HEAD").eventLog("chat", Message.class), 1));

            chat.retain(Retention.ofAge(Duration.ofDays(365 * 100)).withEvents(1_000));
            System.out.println("forgotten: " + chat.trim(NOON.plusSeconds(60)) + ", left: " + chat.count());
        }
    }

    private static void answer(EventLog<Message> chat, String text) {
        chat.append(new Message("assistant", text), NOON.plusSeconds(61));
    }

    /// The last messages, oldest first.
    private static List<String> latest(EventLogView<Message> chat, int messages) {
        try (var events = chat.events(TimeRange.all().reversed())) {
            return events.limit(messages).map(Event::value).map(Message::text).toList().reversed();
        }
    }
}
