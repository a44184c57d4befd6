using System.Text.Json;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>What Slack would send, as it sends it: the shapes are those of captured deliveries.</summary>
internal static class Deliveries
{
    const string Form = "application/x-www-form-urlencoded";

    const string PressShape = """
        {"type":"block_actions","api_app_id":"A0DISPATCH","token":"deprecated-token","enterprise":null,"is_enterprise_install":false,"team":{"id":"T0ACME","domain":"acme"},"user":{"id":"{user}","username":"dana","name":"dana","team_id":"T0ACME"},"container":{"type":"message","message_ts":"1700000000.000100","channel_id":"C0OPS","is_ephemeral":false},"trigger_id":"111.222.{number}","channel":{"id":"C0OPS","name":"ops"},"message":{"type":"message","user":"U0BOT","bot_id":"B0BOT","app_id":"A0DISPATCH","team":"T0ACME","ts":"1700000000.000100","text":"INC-42","blocks":[]},"state":{"values":{}},"response_url":"{responses}","actions":[{"action_id":"{action}","block_id":"dispatch_buttons","text":{"type":"plain_text","text":"Cancel","emoji":true},"value":"{value}","style":"danger","type":"button","action_ts":"1700000005.000100"}]}
        """;

    const string SubmissionShape = """
        {"type":"view_submission","api_app_id":"A0DISPATCH","token":"deprecated-token","enterprise":null,"is_enterprise_install":false,"team":{"id":"T0ACME","domain":"acme"},"user":{"id":"{user}","username":"dana","name":"dana","team_id":"T0ACME"},"trigger_id":"111.222.{number}","view":{"id":"V{number}","team_id":"T0ACME","type":"modal","callback_id":"dispatch_form","private_metadata":{metadata},"hash":"1.a","blocks":[],"state":{"values":{"people":{"people_pick":{"type":"multi_static_select","selected_options":[{"text":{"type":"plain_text","text":"{employee}"},"value":"{employee}"}]}},"note":{"note_text":{"type":"plain_text_input","value":null}}}}},"response_urls":[]}
        """;

    const string SuggestionShape = """
        {"type":"block_suggestion","api_app_id":"A0DISPATCH","token":"deprecated-token","enterprise":null,"is_enterprise_install":false,"team":{"id":"T0ACME","domain":"acme"},"user":{"id":"{user}","username":"dana","name":"dana","team_id":"T0ACME"},"container":{"type":"view","view_id":"V0"},"action_id":"people_pick","block_id":"people","value":"{typed}","view":{"id":"V{number}","team_id":"T0ACME","type":"modal","callback_id":"dispatch_form","private_metadata":"","hash":"1.a","title":{"type":"plain_text","text":"Dispatch"},"blocks":[],"clear_on_close":false,"notify_on_close":false,"root_view_id":"V0","previous_view_id":null,"app_id":"A0DISPATCH","external_id":"","app_installed_team_id":"T0ACME","bot_id":"B0BOT","state":{"values":{}}}}
        """;

    const string EventShape = """
        {"token":"deprecated-token","team_id":"T0ACME","context_team_id":"T0ACME","context_enterprise_id":null,"api_app_id":"A0DISPATCH","event":{"type":"app_home_opened","user":"{user}","channel":"D0DANA","tab":"messages","event_ts":"1700000001.000100"},"type":"event_callback","event_id":"Ev{number}","event_time":1795328199,"authorizations":[{"enterprise_id":null,"team_id":"T0ACME","user_id":"U0BOT","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-abc"}
        """;

    /// <summary>The delivery of that kind, by that person.</summary>
    public static SignedRequest Of(AckStage stage, Uri responses, string user) => stage.Kind switch
    {
        AckKind.Command => Command(stage.Address, responses, user, "help"),
        AckKind.DialogCommand => Command(stage.Address, responses, user, "LOAD-2"),
        AckKind.Event => new(stage.Address, "application/json", EventShape.Replace("{user}", user, StringComparison.Ordinal)),
        AckKind.Suggestion => Typing(stage.Address, user, "person"),
        AckKind.OtherPress => Press(stage.Address, responses, user, "other_app_button", "anything"),
        AckKind.PressWithMessage => Press(stage.Address, responses, user, "dispatch_cancel_told", stage.Dispatch),
        _ => Press(stage.Address, responses, user, "dispatch_cancel", stage.Dispatch),
    };

    /// <summary>What must stand in the answer; nothing where an empty one is right.</summary>
    public static ReadOnlySpan<byte> Expected(AckKind kind) => kind switch
    {
        AckKind.Command => "/dispatch"u8,
        AckKind.Suggestion => "load.12"u8,
        _ => [],
    };

    /// <summary>Somebody types a command.</summary>
    public static SignedRequest Command(Uri address, Uri responses, string user, string text) => new(address, Form,
        $"token=deprecated-token&team_id=T0ACME&team_domain=acme&channel_id=C0OPS&channel_name=ops&user_id={user}&user_name=dana&command=%2Fdispatch&text={Uri.EscapeDataString(text)}"
        + $"&api_app_id=A0DISPATCH&is_enterprise_install=false&response_url={Uri.EscapeDataString(responses.AbsoluteUri)}&trigger_id=111.222.{{number}}");

    /// <summary>Somebody presses a button of the card.</summary>
    public static SignedRequest Press(Uri address, Uri responses, string user, string action, string value) =>
        Interaction(address, PressShape, ("user", user), ("responses", responses.AbsoluteUri), ("action", action), ("value", value));

    /// <summary>Somebody types into the picker of the dialog.</summary>
    public static SignedRequest Typing(Uri address, string user, string typed) =>
        Interaction(address, SuggestionShape, ("user", user), ("typed", typed));

    /// <summary>Somebody sends the dialog with one person picked.</summary>
    public static SignedRequest Submission(Uri address, string user, string metadata, string employee) =>
        Interaction(address, SubmissionShape, ("user", user), ("metadata", JsonSerializer.Serialize(metadata)), ("employee", employee));

    // The place of the number must stay readable.
    static SignedRequest Interaction(Uri address, string shape, params ReadOnlySpan<(string Name, string Value)> parts)
    {
        foreach (var (name, value) in parts)
            shape = shape.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return new(address, Form, "payload=" + Uri.EscapeDataString(shape).Replace("%7Bnumber%7D", "{number}", StringComparison.Ordinal));
    }
}
