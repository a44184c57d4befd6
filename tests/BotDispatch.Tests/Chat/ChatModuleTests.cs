using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Chat;

public sealed class ChatModuleTests
{
    [Fact]
    public async Task The_commands_work_as_the_host_wires_them()
    {
        using var host = Host();
        await host.StartAsync();
        var commands = host.Services.GetRequiredService<ChatCommands>();
        var form = (await commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042 @ann", new Delivery("d1"), CancellationToken.None)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        (form.ExpiresAt - TimeProvider.System.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        var answer = await host.Services.GetRequiredService<FormSubmitting>().SubmitAsync(new(form.FormId, Office.Dana, Office.Ops, "INC-1042", form.Picked, null, null), CancellationToken.None);
        answer.ShouldBe(new ChatReply.Started(DispatchId.From("slack", form.FormId)));
        (await commands.CommandAsync(Office.Dana, Office.Ops, "status inc-1042", new Delivery("d2"), CancellationToken.None)).ShouldBeOfType<ChatReply.Private>().Text.ShouldStartWith("INC-1042 Lift 2");
        await host.StopAsync();
    }

    [Fact]
    public void The_policy_is_what_is_set_and_else_the_default()
    {
        using var host = Host(("Policy:AttemptsPerEmployee", "5"), ("Policy:RoundPause", "00:00:00"), ("Policy:KeyGrace", "00:00:09"));
        host.Services.GetRequiredService<IOptions<PolicyOptions>>().Value.ToPolicy()
            .ShouldBe(new EscalationPolicy { AttemptsPerEmployee = 5, RoundPause = TimeSpan.Zero, KeyGrace = TimeSpan.FromSeconds(9) });
    }

    [Fact]
    public void Every_part_of_the_policy_can_be_set()
    {
        // What everybody may be asked of is a setting of Employees, which counts at the moment of each call; a list freezes its own.
        string[] ofPeople = [nameof(EscalationPolicy.Rest), nameof(EscalationPolicy.MostCallsPerNight)];
        typeof(PolicyOptions).GetProperties().Select(each => each.Name).Concat(ofPeople).Order().ShouldBe(typeof(EscalationPolicy).GetProperties().Select(each => each.Name).Order());
        foreach (var property in typeof(PolicyOptions).GetProperties())
        {
            var options = new PolicyOptions();
            object other = property.PropertyType == typeof(int) ? 7 : TimeSpan.FromSeconds(77);
            property.SetValue(options, other);
            typeof(EscalationPolicy).GetProperty(property.Name)!.GetValue(options.ToPolicy()).ShouldBe(other, property.Name);
        }
    }

    [Theory]
    [InlineData("Policy:AttemptsPerEmployee", "0", "Policy:AttemptsPerEmployee is 0: it must be between 1 and 20.")]
    [InlineData("Policy:RetryPause", "-00:00:01", "Policy:RetryPause is -1 s: it must be between 0 s and 1 h.")]
    [InlineData("Policy:RingTimeout", "00:00:00", "Policy:RingTimeout is 0 s: it must be between 1 s and 2 min.")]
    [InlineData("Policy:Plays", "99", "Policy:Plays is 99: it must be between 1 and 5.")]
    [InlineData("Policy:AnswerWindow", "00:02:00", "Policy:AnswerWindow is 2 min: it must be between 0 s and 1 min.")]
    [InlineData("Policy:RoundPause", "-1", "Policy:RoundPause is -1 d: it must be between 0 s and 1 d.")]
    [InlineData("Policy:GiveUpAfter", "00:00:00", "Policy:GiveUpAfter is 0 s: it must be between 1 s and 7 d.")]
    [InlineData("Policy:KeyGrace", "00:06:00", "Policy:KeyGrace is 6 min: it must be between 0 s and 5 min.")]
    [InlineData("Policy:RecordsTimeout", "00:00:00", "Policy:RecordsTimeout is 0 s: it must be between 1 s and 1 h.")]
    [InlineData("Policy:AcceptedHold", "8", "Policy:AcceptedHold is 8 d: it must be between 0 s and 7 d.")]
    [InlineData("Policy:WrongKeysPerCall", "-1", "Policy:WrongKeysPerCall is -1: it must be between 0 and 10.")]
    [InlineData("Policy:LineDownPause", "00:00:00", "Policy:LineDownPause is 0 s: it must be between 1 s and 1 h.")]
    [InlineData("Policy:LineDownLongestPause", "00:00:02", "Policy:LineDownLongestPause is 2 s: it must not be shorter than Policy:LineDownPause, 15 s.")]
    [InlineData("Policy:Plays", "two", "Policy:Plays")]
    [InlineData("Access:Cancel:0", " ", "Access:Cancel has an empty entry: write a user id or an email there, or remove it.")]
    [InlineData("Chat:AlsoIn:Operations", "somewhere", "Chat:AlsoIn:Operations must be a channel: its link in Teams")]
    [InlineData("Chat:MirrorTo", "somewhere", "Chat:MirrorTo must be a channel")]
    [InlineData("Employees:DefaultLanguage", "tlh", "Employees:DefaultLanguage is 'tlh', which the telephone does not speak: name one that it does, as en-GB.")]
    public async Task A_bad_setting_stops_the_start_and_is_named(string setting, string value, string says)
    {
        using var host = Host((setting, value));
        (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("RetryPause")]
    [InlineData("RoundPause")]
    [InlineData("KeyGrace")]
    [InlineData("AnswerWindow")]
    [InlineData("AcceptedHold")]
    public async Task No_wait_at_all_is_allowed(string setting)
    {
        using var host = Host(($"Policy:{setting}", "00:00:00"));
        await host.StartAsync();
        await host.StopAsync();
    }

    static IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)));
        builder.Services.AddLogging().AddChat()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton<Memberships>().AddSingleton(TimeProvider.System).AddSingleton(EngineOnFile.Make(TimeProvider.System))
            .AddSingleton<ITicketSource>(new Office.Shelf()).AddSingleton<IEmployeeDirectory>(new Office.Staff())
            .AddSingleton<ISpeechPreview, PretendSpeech>().AddSingleton<IPlaceReader, PretendPlaces>();
        return builder.Build();
    }
}
