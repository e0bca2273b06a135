"""Threads of the contact relay, blocks, reports; what nobody wants to have suggested again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0050_mentor_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stopped_at', models.DateTimeField(verbose_name='stopped')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='contact_stop', to=settings.AUTH_USER_MODEL)),
                ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stopped writer',
                'verbose_name_plural': 'stopped writers',
            },
        ),
        migrations.CreateModel(
            name='ContactThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120, verbose_name='subject')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('last_at', models.DateTimeField(verbose_name='last message')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='network.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='threads_got', to=settings.AUTH_USER_MODEL)),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads_begun', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thread',
                'verbose_name_plural': 'threads',
                'ordering': ['-last_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_places', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='network.contactthread')),
            ],
            options={
                'verbose_name': 'place in a thread',
                'verbose_name_plural': 'places in threads',
            },
        ),
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_writer', models.BooleanField()),
                ('body', models.TextField(blank=True, max_length=4000, verbose_name='message')),
                ('channel', models.CharField(choices=[('SITE', 'Website'), ('API', 'App'), ('MAIL', 'Mail')], max_length=4, verbose_name='came by')),
                ('mail_print', models.CharField(blank=True, help_text='Of the mail it came by, to take it once', max_length=64)),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_messages', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='network.contactthread')),
            ],
            options={
                'verbose_name': 'message in a thread',
                'verbose_name_plural': 'messages in threads',
                'ordering': ['sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SuggestionDismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dismissed_at', models.DateTimeField(verbose_name='dismissed')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='network.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to=settings.AUTH_USER_MODEL)),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='network.profile')),
            ],
            options={
                'verbose_name': 'dismissed suggestion',
                'verbose_name_plural': 'dismissed suggestions',
            },
        ),
        migrations.CreateModel(
            name='ContactBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='blocked')),
                ('by_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks_set', to='network.organisation')),
                ('by_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks_set', to=settings.AUTH_USER_MODEL)),
                ('of_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks_met', to='network.organisation')),
                ('of_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks_met', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'block',
                'verbose_name_plural': 'blocks',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_organisation__isnull', False), ('by_person', None)), models.Q(('by_organisation', None), ('by_person__isnull', False)), _connector='OR'), name='contact_block_by_one'), models.CheckConstraint(condition=models.Q(models.Q(('of_organisation__isnull', False), ('of_person', None)), models.Q(('of_organisation', None), ('of_person__isnull', False)), _connector='OR'), name='contact_block_of_one'), models.UniqueConstraint(condition=models.Q(('by_person__isnull', False), ('of_person__isnull', False)), fields=('by_person', 'of_person'), name='contact_block_of_person_by_person'), models.UniqueConstraint(condition=models.Q(('by_person__isnull', False), ('of_organisation__isnull', False)), fields=('by_person', 'of_organisation'), name='contact_block_of_organisation_by_person'), models.UniqueConstraint(condition=models.Q(('by_organisation__isnull', False), ('of_person__isnull', False)), fields=('by_organisation', 'of_person'), name='contact_block_of_person_by_organisation')],
            },
        ),
        migrations.CreateModel(
            name='ContactReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('SPAM', 'Advertising or spam'), ('FRAUD', 'Fraud'), ('ABUSE', 'Insults or harassment'), ('OTHER', 'Something else')], max_length=5, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='in the reader’s words')),
                ('reported_at', models.DateTimeField(verbose_name='reported')),
                ('outcome', models.CharField(blank=True, choices=[('DISMISSED', 'Nothing wrong'), ('WARNED', 'Sender warned'), ('STOPPED', 'Sender stopped from writing')], max_length=9, verbose_name='outcome')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='network.contactmessage')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_reports', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reported message',
                'verbose_name_plural': 'reported messages',
                'ordering': ['-reported_at', '-pk'],
                'permissions': [('settle_contactreport', 'Can settle reported messages')],
                'constraints': [models.UniqueConstraint(fields=('message', 'reporter'), name='contact_report_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='contact_report_settled_whole')],
            },
        ),
        migrations.AddIndex(
            model_name='contactthread',
            index=models.Index(fields=['writer', 'last_at'], name='contact_thread_begun'),
        ),
        migrations.AddIndex(
            model_name='contactthread',
            index=models.Index(fields=['person', 'last_at'], name='contact_thread_person'),
        ),
        migrations.AddIndex(
            model_name='contactthread',
            index=models.Index(fields=['organisation', 'last_at'], name='contact_thread_organisation'),
        ),
        migrations.AddConstraint(
            model_name='contactthread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person', None)), models.Q(('organisation', None), ('person__isnull', False)), _connector='OR'), name='contact_thread_has_one_entry'),
        ),
        migrations.AddConstraint(
            model_name='contactthread',
            constraint=models.CheckConstraint(condition=models.Q(('person', None), models.Q(('person', models.F('writer')), _negated=True), _connector='OR'), name='contact_thread_with_another'),
        ),
        migrations.AddConstraint(
            model_name='contactplace',
            constraint=models.UniqueConstraint(fields=('thread', 'person'), name='contact_place_once'),
        ),
        migrations.AddIndex(
            model_name='contactmessage',
            index=models.Index(fields=['sender', 'sent_at'], name='contact_message_sender'),
        ),
        migrations.AddConstraint(
            model_name='contactmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('mail_print', ''), _negated=True), fields=('mail_print',), name='contact_mail_once'),
        ),
        migrations.AddConstraint(
            model_name='suggestiondismissal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('profile', None)), models.Q(('organisation', None), ('profile__isnull', False)), _connector='OR'), name='dismissal_of_one_entry'),
        ),
        migrations.AddConstraint(
            model_name='suggestiondismissal',
            constraint=models.UniqueConstraint(condition=models.Q(('profile__isnull', False)), fields=('person', 'profile'), name='dismissal_of_profile_once'),
        ),
        migrations.AddConstraint(
            model_name='suggestiondismissal',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('person', 'organisation'), name='dismissal_of_organisation_once'),
        ),
    ]
