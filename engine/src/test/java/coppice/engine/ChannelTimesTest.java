package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.structure.Channel;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.Message;
import coppice.api.structure.SubscriberOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long channels keep messages, and how many may listen.
@Timeout(60)
class ChannelTimesTest extends TimedTest {
    private static final int MANY = 10_000;

    private static List<String> kept(Channel<String> channel) {
        try (ChannelFeed<String> feed =
                channel.subscribe(SubscriberOptions.defaults().withHistory())) {
            return Stream.generate(feed::poll)
                    .takeWhile(Optional::isPresent)
                    .map(message -> message.orElseThrow().value())
                    .toList();
        }
    }

    @Test
    void whatIsTooOldIsKeptNoLonger() {
        Channel<String> news = db.channel("news", String.class);
        news.keep(ChannelHistory.of(10).withAge(HOUR));
        news.publish("a");
        pass(HOUR.dividedBy(2));
        news.publish("b");
        pass(HOUR.dividedBy(2).minusMillis(1));
        assertThat(kept(news)).containsExactly("a", "b");
        pass(Duration.ofMillis(1));
        assertThat(kept(news)).containsExactly("b");
        pass(HOUR);
        assertThat(news.status().kept()).isZero();
        news.publish("c");
        assertThat(kept(news)).containsExactly("c");
    }

    @Test
    void aMessageHasTheTimeAtWhichItWasPublished() {
        try (ChannelFeed<String> feed = db.channel("news", String.class).subscribe()) {
            db.channel("news", String.class).publish("a");
            assertThat(feed.next().at()).isEqualTo(now());
        }
    }

    @Test
    void tenThousandListen() throws Exception {
        Channel<Long> ticks = db.channel("ticks", Long.class);
        AtomicLong sum = new AtomicLong();
        CountDownLatch told = new CountDownLatch(3 * MANY);
        List<AutoCloseable> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(ticks.on(message -> {
                sum.addAndGet(message.value());
                told.countDown();
            }));
        }
        ChannelFeed<Long> silent = ticks.subscribe();
        for (long tick = 1; tick <= 3; tick++) {
            ticks.publish(tick);
        }
        told.await();
        assertThat(sum).hasValue(6L * MANY);
        assertThat(silent.waiting()).isEqualTo(3);
        assertThat(ticks.status().subscribers()).isEqualTo(MANY + 1);
        for (AutoCloseable one : all) {
            one.close();
        }
        assertThat(silent.next()).extracting(Message::value).isEqualTo(1L);
        silent.close();
        assertThat(db.channels().all()).isEmpty();
    }
}
