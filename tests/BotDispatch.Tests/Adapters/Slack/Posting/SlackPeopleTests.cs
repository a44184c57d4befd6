using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

public sealed class SlackPeopleTests
{
    const string Info = "users.info";

    readonly RecordedSlack slack = new();

    [Fact]
    public async Task An_email_is_asked_for_once_in_ten_minutes()
    {
        slack.Answers(Info, RecordedSlack.Ok("""{"ok":true,"user":{"id":"U0DANA","real_name":"Dana Fox","profile":{"display_name":"dana","email":"dana@acme.example"}}}"""));
        (await EmailAsync()).ShouldBe("dana@acme.example");
        slack.Clock.Advance(TimeSpan.FromMinutes(9));
        (await EmailAsync()).ShouldBe("dana@acme.example");
        (await NameAsync()).ShouldBe("dana");
        slack.Calls.Count.ShouldBe(1);
        slack.Clock.Advance(TimeSpan.FromMinutes(1));
        slack.Answers(Info, RecordedSlack.Ok("""{"ok":true,"user":{"profile":{"display_name":" ","real_name":"Dana Fox"}}}"""));
        (await EmailAsync()).ShouldBeNull();
        (await NameAsync()).ShouldBe("Dana Fox");
    }

    [Fact]
    public async Task A_time_zone_is_that_of_the_profile_and_none_where_the_profile_has_none()
    {
        slack.Answers(Info, RecordedSlack.Ok("""{"ok":true,"user":{"id":"U0DANA","tz":"America/New_York","profile":{"email":"dana@acme.example"}}}"""));
        (await ZoneAsync()).ShouldBe("America/New_York");
        (await EmailAsync()).ShouldBe("dana@acme.example");
        slack.Calls.Count.ShouldBe(1);
        slack.Clock.Advance(TimeSpan.FromMinutes(10));
        slack.Answers(Info, RecordedSlack.Ok("""{"ok":true,"user":{"tz":7}}"""));
        (await ZoneAsync()).ShouldBeNull();
        (await slack.Platform.TimeZoneOfAsync(new("teams", "T0ACME/U0DANA", "Dana"), default)).ShouldBeNull();

        Task<string?> ZoneAsync() => slack.Platform.TimeZoneOfAsync(Sample.Dana, default);
    }

    [Fact]
    public async Task A_missing_answer_is_remembered_too()
    {
        slack.Refuses(Info, "missing_scope", Refusal.Rights);
        (await EmailAsync()).ShouldBeNull();
        (await NameAsync()).ShouldBe("whoever");
        slack.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_of_another_chat_is_asked_for()
    {
        (await slack.Platform.EmailOfAsync(new("teams", "T0ACME/U0DANA", "Dana"), default)).ShouldBeNull();
        slack.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_answered_is_asked_again()
    {
        slack.Answers(Info, new SlackAnswer.Throttled(TimeSpan.FromSeconds(1))).Answers(Info, new SlackAnswer.Lost("timeout"))
            .Answers(Info, RecordedSlack.Ok("""{"ok":true,"user":{"profile":{"email":"dana@acme.example"}}}"""));
        // That they have none is not known then, and "not linked" would be a lie.
        await Should.ThrowAsync<IOException>(EmailAsync);
        (await NameAsync()).ShouldBe("whoever");
        (await EmailAsync()).ShouldBe("dana@acme.example");
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":true,"user":null}""")]
    [InlineData("""{"ok":true,"user":{"profile":{"email":5,"display_name":null}}}""")]
    public async Task An_answer_of_another_shape_is_no_email(string answer)
    {
        slack.Answers(Info, RecordedSlack.Ok(answer));
        (await EmailAsync()).ShouldBeNull();
        (await NameAsync()).ShouldBe("whoever");
    }

    Task<string?> EmailAsync() => slack.Platform.EmailOfAsync(Sample.Dana, default);

    Task<string> NameAsync() => slack.People.NameAsync("T0ACME", "U0DANA", "whoever", default);
}
