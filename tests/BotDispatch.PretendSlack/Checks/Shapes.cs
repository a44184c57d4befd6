using System.Collections.Frozen;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>Which blocks and elements there are, which properties each has, and where it may stand.</summary>
/// <remarks>https://github.com/slackapi/node-slack-sdk/tree/main/packages/types/src/block-kit</remarks>
internal static class Shapes
{
    /// <summary>Blocks whose inside is checked.</summary>
    public static readonly FrozenDictionary<string, string[]> Blocks = Table(
        ("section", "block_id text fields accessory expand"),
        ("header", "block_id text level"),
        ("divider", "block_id"),
        ("context", "block_id elements"),
        ("actions", "block_id elements"),
        ("input", "block_id label hint optional element dispatch_action"),
        ("image", "block_id image_url slack_file alt_text title"),
        ("rich_text", "block_id elements"),
        ("markdown", "block_id text"),
        ("table", "block_id rows column_settings"));

    /// <summary>Newer or rarer blocks, which are taken as they come.</summary>
    public static readonly FrozenSet<string> OtherBlocks = Words("video file call container alert card carousel data_visualization data_table context_actions plan task_card");

    public static readonly FrozenDictionary<string, string[]> Elements = Table(
        ("button", "action_id text url value style confirm accessibility_label"),
        ("static_select", "action_id placeholder options option_groups initial_option confirm focus_on_load"),
        ("multi_static_select", "action_id placeholder options option_groups initial_options confirm max_selected_items focus_on_load"),
        ("external_select", "action_id placeholder min_query_length initial_option confirm focus_on_load"),
        ("multi_external_select", "action_id placeholder min_query_length initial_options confirm max_selected_items focus_on_load"),
        ("users_select", "action_id placeholder initial_user confirm focus_on_load"),
        ("multi_users_select", "action_id placeholder initial_users confirm max_selected_items focus_on_load"),
        ("conversations_select", "action_id placeholder initial_conversation default_to_current_conversation confirm response_url_enabled filter focus_on_load"),
        ("multi_conversations_select", "action_id placeholder initial_conversations default_to_current_conversation confirm max_selected_items filter focus_on_load"),
        ("channels_select", "action_id placeholder initial_channel confirm response_url_enabled focus_on_load"),
        ("multi_channels_select", "action_id placeholder initial_channels confirm max_selected_items focus_on_load"),
        ("overflow", "action_id options confirm"),
        ("checkboxes", "action_id options initial_options confirm focus_on_load"),
        ("radio_buttons", "action_id options initial_option confirm focus_on_load"),
        ("datepicker", "action_id placeholder initial_date confirm focus_on_load"),
        ("timepicker", "action_id placeholder initial_time confirm focus_on_load timezone"),
        ("datetimepicker", "action_id initial_date_time confirm focus_on_load"),
        ("plain_text_input", "action_id placeholder initial_value multiline min_length max_length dispatch_action_config focus_on_load"),
        ("email_text_input", "action_id placeholder initial_value dispatch_action_config focus_on_load"),
        ("url_text_input", "action_id placeholder initial_value dispatch_action_config focus_on_load"),
        ("number_input", "action_id placeholder is_decimal_allowed initial_value min_value max_value dispatch_action_config focus_on_load"),
        ("rich_text_input", "action_id placeholder initial_value dispatch_action_config focus_on_load"),
        ("file_input", "action_id filetypes max_files"),
        ("image", "image_url slack_file alt_text"),
        ("workflow_button", "action_id text workflow style accessibility_label"));

    static readonly FrozenSet<string> Typed = Words("plain_text_input email_text_input url_text_input number_input rich_text_input file_input");
    static readonly FrozenSet<string> Pressed = Words("button overflow workflow_button image");

    /// <summary>What may stand in an <c>actions</c> block.</summary>
    public static bool MayAct(string element) => Elements.ContainsKey(element) && !Typed.Contains(element) && element != "image";

    /// <summary>What may stand beside a section.</summary>
    public static bool MayAccompany(string element) => MayAct(element) || element == "image";

    /// <summary>What may be filled in.</summary>
    public static bool MayBeInput(string element) => Elements.ContainsKey(element) && !Pressed.Contains(element);

    static FrozenDictionary<string, string[]> Table(params ReadOnlySpan<(string Type, string Properties)> rows)
    {
        var made = new Dictionary<string, string[]>();
        foreach (var (type, properties) in rows) made.Add(type, properties.Split(' '));
        return made.ToFrozenDictionary();
    }

    static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet();
}
