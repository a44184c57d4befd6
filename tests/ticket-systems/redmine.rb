# What a Redmine of the tests holds. Run by bin/rails runner, once, on an empty database with Redmine's default data.
Setting.rest_api_enabled = '1'
Setting.text_formatting = 'textile'
Setting.default_language = 'en'

def key(user, value)
  Token.where(user_id: user.id, action: 'api').delete_all
  Token.create!(user: user, action: 'api').update_columns(value: value)
end

admin = User.find_by(login: 'admin')
admin.update_columns(must_change_passwd: false)
bot = User.new(firstname: 'Bot', lastname: 'Dispatch', mail: 'bot@example.com', language: 'en')
bot.login = 'botdispatch'
bot.password = bot.password_confirmation = 'botdispatch-password'
bot.save!
key(bot, ENV.fetch('BOTDISPATCH_TEST_REDMINE_KEY'))
key(admin, ENV.fetch('BOTDISPATCH_TEST_REDMINE_KEY').reverse)

open = Project.create!(name: 'Facilities', identifier: 'facilities', is_public: true, tracker_ids: Tracker.pluck(:id))
hidden = Project.create!(name: 'Hidden', identifier: 'hidden', is_public: false, tracker_ids: Tracker.pluck(:id))
Member.create!(project: open, principal: bot, role_ids: [Role.find_by(name: 'Manager').id])
place = IssueCustomField.create!(name: 'Location', field_format: 'string', is_for_all: true, tracker_ids: Tracker.pluck(:id))

def issue(project, author, subject, description, priority, custom = {})
  made = Issue.new(project: project, author: author, tracker: Tracker.first, status: IssueStatus.first, subject: subject,
                   description: description, priority: IssuePriority.find_by(name: priority))
  made.custom_field_values = custom
  made.save!
  made
end

# 1: everything; 2: closed; 3: where nobody of ours may look.
issue(open, admin, 'Lift 2 is stuck',
      "h2. What happened\r\n\r\nThe *emergency* phone works, see \"the plan\":https://plans.example.com/2.\r\n\r\n" \
      "* key at reception\r\n* two people\r\n\r\n<pre>\r\nE 1407\r\n</pre>",
      'Urgent', place.id => 'Harbour House, east wing')
closed = issue(open, admin, 'Till 4 is broken', '', 'Low')
closed.update_columns(status_id: IssueStatus.where(is_closed: true).first.id, closed_on: Time.now)
issue(hidden, admin, 'Secret', 'secret', 'High')
